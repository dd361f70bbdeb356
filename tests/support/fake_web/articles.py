"""Articles of made-up papers: the same number always gives the same text, and a correction changes one sentence."""
import html
import random

PLACES = ("Mường Bú", "Tả Phìn", "Nà Hẩu", "Sủng Là", "Ia Pal", "Đắk Sao", "Bình Thạnh Tây", "Vĩnh Hảo", "Cửa Cạn", "Trà Tập",
          "Hồng Thái", "Sì Lờ Lầu", "Pờ Ê", "Lục Hồn", "Giàng Chu Phìn", "Ea Tar", "Phước Tích", "Yang Mao", "Bản Lang", "Tam Lư")
PEOPLE = ("Lò Văn Inh", "Giàng A Sử", "Nguyễn Thị Lụa", "Y Khuê Niê", "Trần Văn Đằng", "Hoàng Thị Mẩy", "Siu H’Ríu",
          "Phạm Quang Chưởng", "Bàn Tài Pết", "Đinh Thị Xoan")
CROPS = ("mắc ca", "chè shan", "lúa nếp nương", "cá lồng", "dứa", "mận hậu", "cam sành", "sâm dây", "thanh long", "ong mật")
SENTENCES = (
    "Từ đầu năm, {who} ở {place} đã chuyển {n} sào đất đồi sang trồng {crop} theo hướng dẫn của cán bộ khuyến nông.",
    "Sau {m} tháng, tổ hợp tác ở {place} thu về {n} triệu đồng, cao hơn vụ trước nhờ giữ được nước tưới qua mùa khô.",
    "Ông bà con trong bản nhắc nhiều là con đường bê tông dài {m} km vừa xong, xe tải vào tận ruộng để chở {crop}.",
    "{who} cho biết gia đình sẽ mở thêm {n} gốc {crop} nữa nếu ngân hàng chính sách giải ngân đúng hẹn trong quý tới.",
    "Trạm thủy văn {place} ghi nhận mực nước suối lên {n} cm sau trận mưa đêm, chính quyền đã dời {m} hộ khỏi chân taluy.",
    "Lớp học xóa mù chữ buổi tối ở {place} có {n} học viên, người lớn tuổi nhất là {who}, năm nay ngoài sáu mươi.",
    "Phiên chợ cuối tuần bán được {n} tạ {crop}, phần lớn do thương lái từ miền xuôi lên đặt hàng trước đó {m} ngày.",
    "Bưu cục xã nhận trả kết quả thủ tục tại nhà cho {n} lượt người, bà con {place} đỡ phải đi bộ {m} giờ như trước.",
    "Đội bóng chuyền nữ {place} thắng {m} trận liền ở giải các xã vùng cao, {who} được bầu là vận động viên xuất sắc.",
    "Huyện đoàn trao {n} bộ bàn ghế cho điểm trường lẻ, nơi {who} đã đứng lớp suốt {m} năm giữa sương mù và gió rét.",
)


def paragraphs(number, version):
    """Eight sentences of their own for each number; a later version corrects the figure of the last."""
    rng = random.Random(number)
    chosen = rng.sample(SENTENCES, 8)
    texts = [text.format(who=rng.choice(PEOPLE), place=rng.choice(PLACES), crop=rng.choice(CROPS), n=rng.randrange(12, 990),
                         m=rng.randrange(2, 11)) for text in chosen]
    if version > 1:
        texts.append("Tòa soạn đính chính: con số đúng của bài số %d là %d." % (number, number * 31 % 977))
    return texts


def title(number):
    rng = random.Random(number)
    return "%s: chuyện %s và bài toán đầu ra số %d" % (rng.choice(PLACES), rng.choice(CROPS), number)


def page(number, version, published, canonical, extra=""):
    """The article as a newspaper's page; `extra` is put among the related links."""
    texts = paragraphs(number, version)
    body = "".join("<p>%s</p>\n" % html.escape(text, quote=False) for text in texts[1:])
    return """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>%s</title><link rel="canonical" href="%s">
<meta property="article:published_time" content="%s"></head>
<body><nav><a href="/">Trang chủ</a><a href="/thoi-su/">Thời sự</a><a href="/dang-nhap?tro-ve=/">Đăng nhập</a></nav>
<article><h1>%s</h1><div class="meta"><time datetime="%s">%s</time></div><p class="sapo">%s</p>
<div class="body">%s</div></article><aside>%s</aside><footer>Báo thử nghiệm của bộ kiểm thử</footer></body></html>
""" % (html.escape(title(number)), canonical, published, html.escape(title(number)), published, published, texts[0], body, extra)
