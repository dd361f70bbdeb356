#include "deploy/demo/content.h"

#include <array>
#include <cstdint>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/text/normal_form.h"
#include "common/time/clock.h"

namespace tintinh::demo {
namespace {

using Texts = std::vector<const char*>;

// In the texts: $D district, $C commune, $N number, $M another number, $P person, $Q document.
struct SectionTexts {
  Texts titles;
  Texts leads;
  Texts bodies;
  Texts captions;
};

const Texts& Districts() {
  static const Texts texts = {"Nam Đàn",   "Thanh Chương", "Đô Lương",  "Yên Thành", "Quỳnh Lưu", "Diễn Châu",
                              "Con Cuông", "Tương Dương",  "Nghĩa Đàn", "Quỳ Hợp",   "Anh Sơn",   "Tân Kỳ"};
  return texts;
}

const Texts& Communes() {
  static const Texts texts = {"Kim Liên",  "Xuân Hòa",   "Đại Đồng",  "Hạnh Lâm",    "Lạc Sơn", "Tràng Sơn",
                              "Hoa Thành", "Phúc Thành", "Sơn Hải",   "Quỳnh Nghĩa", "Môn Sơn", "Lục Dạ",
                              "Tam Thái",  "Xá Lượng",   "Nghĩa Mai", "Châu Quang"};
  return texts;
}

const Texts& People() {
  static const Texts texts = {"Trần Văn Lĩnh", "Nguyễn Thị Hoài An", "Lê Đình Khoát", "Vi Thị Bông",
                              "Phan Sỹ Tuệ",   "Lô Văn Pản",         "Hồ Thị Mận",    "Cao Xuân Diệm",
                              "Đặng Thị Thơi", "Bùi Khắc Nhượng"};
  return texts;
}

const Texts& Authors() {
  static const Texts texts = {"Hà Vân", "Minh Trí", "Đức Thuận", "Thu Lam", "Quốc Bảo", "Diệp Chi"};
  return texts;
}

const Texts& Documents() {
  static const Texts texts = {"Nghị quyết số 12-NQ/TU",     "Kế hoạch số 145-KH/TU", "Chỉ thị số 08-CT/TU",
                              "Quyết định số 1720/QĐ-UBND", "Kết luận số 36-KL/TU",  "Chương trình số 22-CTr/TU"};
  return texts;
}

SectionTexts NewsTexts() {
  return {
      {"Huyện $D tổng kết công tác xây dựng Đảng giữa nhiệm kỳ", "Đảng bộ xã $C đổi mới cách sinh hoạt chi bộ",
       "$D chuẩn bị kỳ họp Hội đồng nhân dân huyện", "Cử tri xã $C kiến nghị sớm sửa đường liên thôn",
       "Chuyển đổi số ở bộ phận một cửa huyện $D"},
      {"Sáng nay, Huyện ủy $D họp bàn các việc cần làm ngay sau nửa nhiệm kỳ, trong đó có $N đầu việc giao tận người.",
       "Từ khi có $Q, các chi bộ ở xã $C họp ngắn hơn, bàn sâu hơn và theo đến cùng từng việc đã hứa với dân.",
       "Hơn $N ý kiến của cử tri xã $C được ghi lại trong một buổi chiều, nhiều nhất là về đường sá và nước sạch."},
      {"Theo báo cáo tại hội nghị, toàn huyện $D có $N chi bộ thôn, bản đã lập sổ theo dõi lời hứa, ai nhận việc gì, "
       "xong ngày nào đều ghi rõ.",
       "Đồng chí $P, Bí thư Đảng ủy xã $C, nói rằng điều khó nhất là bỏ thói quen đọc lại văn bản; bây giờ mỗi cuộc "
       "họp chỉ bàn hai việc.",
       "Thực hiện $Q, huyện $D giao các phòng trả lời dân trong năm ngày làm việc và công khai kết quả ở nhà văn hóa "
       "thôn.",
       "Bộ phận một cửa của huyện đã nhận $N hồ sơ qua mạng; người già được đoàn viên ngồi cạnh chỉ từng bước chuyển "
       "đổi số.",
       "Bà $P ở xã $C kể, trước kia muốn hỏi một tờ giấy phải đi ba buổi, nay gửi từ nhà rồi chờ tin nhắn.",
       "Kết luận buổi làm việc, lãnh đạo huyện $D yêu cầu các xã báo cáo trước ngày cuối tháng, xã nào chậm phải giải "
       "trình."},
      {"Một buổi sinh hoạt chi bộ ở xã $C, huyện $D.", "Bà con xã $C góp ý tại buổi tiếp xúc cử tri.",
       "Đoàn viên hướng dẫn người dân $D nộp hồ sơ trực tuyến."}};
}

SectionTexts EconomyTexts() {
  return {
      {"$D tổng kết sản xuất vụ mùa, năng suất lúa tăng", "Người trồng cam xã $C tìm đường ra chợ lớn",
       "Hợp tác xã $C liên kết bao tiêu lạc cho nông dân", "Làng chài $C đóng tàu mới đón vụ cá nam",
       "Chè $D vào vụ, xưởng sáng đèn suốt đêm"},
      {"Vụ mùa năm nay, huyện $D gieo cấy $N héc-ta lúa, năng suất bình quân cao hơn năm trước gần $M phần trăm.",
       "Hợp tác xã ở $C ký hợp đồng bao tiêu với $N hộ, giá chốt từ đầu vụ nên nông dân không lo rớt giá.",
       "Giữa những đồi xanh của huyện $D, người trồng cây đang học cách ghi nhật ký từng gốc để bán được hàng xa."},
      {"Tại hội nghị tổng kết sản xuất vụ mùa, phòng nông nghiệp huyện $D cho biết sâu bệnh năm nay xuất hiện sớm "
       "nhưng được khoanh lại kịp thời.",
       "Ông $P, chủ nhiệm hợp tác xã $C, tính rằng mỗi sào lạc lãi thêm $N nghìn đồng nhờ giống mới và phân ủ tại "
       "chỗ.",
       "Huyện $D dành $N triệu đồng hỗ trợ máy gặt, máy cuộn rơm; rơm cuộn lại bán được nên đồng không còn khói.",
       "Chị $P ở xã $C nói chưa năm nào cam được giá như năm nay, thương lái vào tận vườn đặt cọc từ khi quả còn "
       "xanh.",
       "Theo $Q, đến cuối nhiệm kỳ huyện phải có ít nhất $M sản phẩm được xếp hạng, mỗi xã một thứ hàng làm tên tuổi.",
       "Khó khăn còn lại là nước tưới cho vùng cuối kênh ở $C; đoạn kênh dài $N mét đang chờ kiên cố hóa trước vụ "
       "xuân."},
      {"Thu hoạch lúa mùa trên cánh đồng xã $C, huyện $D.", "Vườn cam của gia đình ông $P ở xã $C.",
       "Xưởng sao chè ở $D làm việc từ tờ mờ sáng."}};
}

SectionTexts CultureTexts() {
  return {
      {"Đêm ví giặm bên sông ở xã $C", "$D mở lại hội đua thuyền sau nhiều năm vắng",
       "Nghệ nhân $C truyền nghề dệt cho lớp trẻ", "Thư viện xã $C sáng đèn buổi tối",
       "Tìm lại điệu khắp của người Thái ở $D"},
      {"Cứ tối thứ bảy, sân đình xã $C lại vang câu ví giặm, người hát có khi là cụ bà tám mươi, có khi là em nhỏ lớp "
       "ba.",
       "Hội đua thuyền ở huyện $D trở lại với $N thuyền rồng, hai bờ sông chật kín người xem từ mờ sáng.",
       "Khung cửi ở $C không còn im tiếng: $N cô gái trẻ theo nghề dệt của bà, của mẹ."},
      {"Nghệ nhân $P bảo câu hát không giữ trong sách được, phải có người hát và người nghe thì mới sống.",
       "Câu lạc bộ ở xã $C có $N thành viên, tháng nào cũng sang giao lưu với bạn hát bên kia sông.",
       "Huyện $D dành một phần tiền xã hội hóa mua trang phục, đóng lại $M chiếc thuyền theo mẫu cũ mà các cụ còn "
       "nhớ.",
       "Em $P, học sinh lớp tám, tập ba tháng mới giữ được nhịp chèo; em nói lúc về đích không nghe thấy gì ngoài "
       "tiếng trống.",
       "Thư viện nhỏ do bà con góp được $N đầu sách, buổi tối mở cửa đến chín giờ, đông nhất là người làm đồng về.",
       "Từ $Q về giữ gìn văn hóa các dân tộc, xã $C mời các già làng dạy tiếng, dạy khèn ngay tại nhà văn hóa."},
      {"Các thuyền về đích trong hội đua ở $D.", "Nghệ nhân $P bên khung cửi, xã $C.",
       "Đêm hát ở sân đình xã $C, huyện $D."}};
}

SectionTexts SocietyTexts() {
  return {
      {"Xã $C về đích nông thôn mới nâng cao", "Nước sạch về bản xa nhất của huyện $D", "Trạm y tế $C có bác sĩ ở lại",
       "Lớp học xóa mù buổi tối ở $D", "$D: con đường hoa dài thêm mỗi mùa"},
      {"Sau hai năm góp công, góp đất, xã $C được công nhận nông thôn mới nâng cao với $N tuyến đường nở hoa.",
       "Đường ống dài $N mét đưa nước sạch về bản xa nhất của huyện $D, từ nay trẻ em không phải gùi nước qua dốc.",
       "Lớp học buổi tối ở $D có $N học viên, người lớn tuổi nhất đã có chắt."},
      {"Phong trào xây dựng nông thôn mới ở xã $C bắt đầu từ việc nhỏ: mỗi nhà trồng một luống hoa, mỗi thôn nhận một "
       "đoạn đường.",
       "Ông $P hiến $N mét vuông đất vườn để mở đường; ông nói đường rộng thì con cháu về quê mới thấy gần.",
       "Theo $Q, ngân sách lo vật liệu, còn dân góp công; cách làm ấy giúp huyện $D tiết kiệm gần $M tỷ đồng.",
       "Bác sĩ $P lên nhận việc ở trạm y tế $C đã $M năm, tuần nào cũng đi bộ vào bản khám cho người già.",
       "Cô giáo $P dạy hai buổi mỗi ngày ở $D, tối lại đứng lớp xóa mù; học viên trả công bằng rau và nụ cười.",
       "Chủ tịch Ủy ban nhân dân xã $C cho biết việc khó nhất bây giờ là giữ: giữ đường sạch, giữ nếp họp thôn, giữ "
       "rừng đầu nguồn."},
      {"Đường hoa ở xã $C, huyện $D.", "Bể nước mới ở bản xa của $D ngày mở vòi.",
       "Lớp học buổi tối do cô giáo $P đứng lớp."}};
}

const SectionTexts& TextsOf(size_t section) {
  static const std::vector<SectionTexts> texts = {NewsTexts(), EconomyTexts(), CultureTexts(), SocietyTexts()};
  return texts[section];
}

// SplitMix64 (Steele, Lea, Flood, 2014): the same texts on every platform, unlike ones for neighbouring seeds.
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}
  size_t Below(size_t bound) { return static_cast<size_t>(Next() % bound); }
  const char* Pick(const Texts& texts) { return texts[Below(texts.size())]; }

 private:
  uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15u;
    uint64_t mixed = (state_ ^ (state_ >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
  }
  uint64_t state_;
};

// One article keeps its district and commune; people, numbers and documents vary from sentence to sentence.
class Filler {
 public:
  explicit Filler(Dice& dice) : dice_(dice), district_(dice.Pick(Districts())), commune_(dice.Pick(Communes())) {}

  std::string Fill(const char* pattern) {
    return absl::StrReplaceAll(pattern, {{"$D", district_},
                                         {"$C", commune_},
                                         {"$N", absl::StrCat(20 + dice_.Below(480))},
                                         {"$M", absl::StrCat(3 + dice_.Below(9))},
                                         {"$P", dice_.Pick(People())},
                                         {"$Q", dice_.Pick(Documents())}});
  }

 private:
  Dice& dice_;
  std::string district_;
  std::string commune_;
};

std::string Slug(absl::string_view title) {
  std::string slug;
  for (const char c : text::Fold(title)) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      slug.push_back(c);
    } else if (!slug.empty() && slug.back() != '-') {
      slug.push_back('-');
    }
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug;
}

// Every pattern of the section at most once, in an order of the article's own.
std::vector<std::string> Paragraphs(const Texts& patterns, Dice& dice, Filler& filler) {
  const size_t count = 4 + dice.Below(3);
  const size_t first = dice.Below(patterns.size());
  std::vector<std::string> paragraphs;
  for (size_t i = 0; i < count && i < patterns.size(); ++i) {
    paragraphs.push_back(filler.Fill(patterns[(first + i) % patterns.size()]));
  }
  return paragraphs;
}

// Newest first by number: 1 is the latest, and one appears about every seven hours.
absl::Time PublishedTime(size_t number) {
  const absl::Time latest = absl::FromCivil(absl::CivilMinute(2025, 5, 30, 16, 45), VietnamTimeZone());
  return latest - static_cast<int64_t>(number) * absl::Minutes(433);
}

}  // namespace

const std::vector<Section>& Sections() {
  static const std::vector<Section> sections = {
      {"thoi-su", "Thời sự"}, {"kinh-te", "Kinh tế"}, {"van-hoa", "Văn hóa"}, {"xa-hoi", "Xã hội"}};
  return sections;
}

Article ComposeArticle(size_t number) {
  Dice dice(number);
  Filler filler(dice);
  Article article;
  article.number = number;
  article.section = number % Sections().size();
  const SectionTexts& texts = TextsOf(article.section);
  article.title = filler.Fill(texts.titles[(number / Sections().size()) % texts.titles.size()]);
  article.slug = absl::StrCat(Slug(article.title), "-", 100000 + number);
  article.lead = filler.Fill(dice.Pick(texts.leads));
  article.paragraphs = Paragraphs(texts.bodies, dice, filler);
  article.author = dice.Pick(Authors());
  for (size_t i = dice.Below(2); i < 2; ++i) {
    article.photos.push_back({filler.Fill(texts.captions[(number + i) % texts.captions.size()]), article.author});
  }
  article.published = PublishedTime(number);
  return article;
}

std::string PublishedWord(size_t number) { return absl::StrCat("lamgiang", number); }

Article ComposePublished(size_t number, absl::Time now) {
  Article article = ComposeArticle(kArticles + number);
  const std::string word = PublishedWord(number);
  article.title = absl::StrCat("Chuyến phà mang tên ", word, " mở bến trên sông Lam");
  article.slug = absl::StrCat(Slug(article.title), "-", 100000 + article.number);
  article.lead =
      absl::StrCat("Sáng nay, chuyến phà ", word, " đưa những hành khách đầu tiên qua sông, giá vé giữ như cũ.");
  article.published = now;
  return article;
}

}  // namespace tintinh::demo
