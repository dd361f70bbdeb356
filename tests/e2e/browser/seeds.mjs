// Invented articles of six invented papers, as saved pages: five years, places of both epochs, sections, captions,
// documents, and stories that several papers carry.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const papers = [
  { site: "bao-song-lo", name: "Báo Sông Lô", province: "Vĩnh Phúc", districts: ["Lập Thạch", "Tam Đảo", "Vĩnh Tường"] },
  { site: "bao-dat-to", name: "Báo Đất Tổ", province: "Phú Thọ", districts: ["Hạ Hòa", "Lâm Thao", "Thanh Ba"] },
  { site: "bao-song-lam", name: "Báo Sông Lam", province: "Nghệ An", districts: ["Nam Đàn", "Con Cuông", "Quỳnh Lưu"] },
  { site: "bao-cao-nguyen", name: "Báo Cao Nguyên", province: "Kon Tum", districts: ["Ia H'Drai", "Đắk Hà", "Sa Thầy"] },
  { site: "bao-mien-tay", name: "Báo Miền Tây", province: "Sóc Trăng", districts: ["Kế Sách", "Long Phú", "Vĩnh Châu"] },
  { site: "bao-bien-dong", name: "Báo Biển Đông", province: "Quảng Ngãi", districts: ["Lý Sơn", "Bình Sơn", "Ba Tơ"] },
];

const stories = [
  { section: "Nông nghiệp", title: "Nông dân %D xuống đồng vụ %V", lead: "Bà con huyện %D tranh thủ nắng ấm làm đất, gieo cấy vụ %V đúng khung thời vụ.",
    text: ["Đến cuối tuần qua, toàn huyện đã gieo cấy được %N ha, đạt hơn tám phần mười kế hoạch. Các hợp tác xã chủ động giống, phân bón và điều tiết nước tưới.",
           "Ngành nông nghiệp khuyến cáo nông dân thăm đồng thường xuyên, phòng trừ ốc bươu vàng và sâu cuốn lá nhỏ ngay từ đầu vụ."],
    caption: "Nông dân huyện %D cấy lúa vụ %V", document: ["Chỉ thị", "08/CT-UBND"] },
  { section: "Xã hội", title: "%D thêm một xã đạt chuẩn nông thôn mới nâng cao", lead: "Con đường bê tông mới mở nối ba thôn là niềm vui lớn của người dân huyện %D.",
    text: ["Sau %N ngày thi công, tuyến đường liên thôn dài hơn hai cây số đã thông xe. Nhân dân hiến đất, góp công và tháo dỡ tường rào để mở rộng mặt đường.",
           "Chương trình xây dựng nông thôn mới ở huyện %D bước sang giai đoạn nâng cao, gắn với giữ gìn cảnh quan và môi trường."],
    caption: "Đường hoa nông thôn mới ở huyện %D", document: ["Nghị quyết", "12-NQ/TU"] },
  { section: "Văn hóa", title: "Lễ hội xuân %D đón hàng nghìn lượt khách", lead: "Tiếng trống hội vang lên từ sáng sớm, mở đầu mùa lễ hội ở huyện %D.",
    text: ["Phần lễ được tổ chức trang nghiêm; phần hội có kéo co, đẩy gậy, thi gói bánh chưng. Ban tổ chức ước có %N lượt khách trong ba ngày.",
           "Người cao tuổi trong làng kể rằng lễ hội từng gián đoạn nhiều năm rồi được khôi phục nhờ công sức của chính dân làng."],
    caption: "Đội trống khai hội ở huyện %D", document: null },
  { section: "Giáo dục", title: "Học sinh vùng cao %D trở lại trường sau Tết", lead: "Tỷ lệ chuyên cần của các trường ở huyện %D đạt trên chín mươi lăm phần trăm ngay buổi học đầu năm.",
    text: ["Thầy cô đến từng nhà vận động học sinh ra lớp. Nhà trường chuẩn bị bữa ăn bán trú cho %N em ở xa.",
           "Phòng học kiên cố và điểm truy cập mạng mới giúp việc dạy học thuận lợi hơn những năm trước."],
    caption: "Giờ học của học sinh huyện %D", document: null },
  { section: "Kinh tế", title: "Chuyển đổi số ở %D: bán nông sản qua mạng", lead: "Các hợp tác xã của huyện %D đưa sản phẩm lên sàn thương mại điện tử.",
    text: ["Trong quý vừa qua, %N đơn hàng được gửi đi từ các điểm thu mua của huyện. Tổ công nghệ số cộng đồng hướng dẫn bà con chụp ảnh, viết mô tả và đóng gói.",
           "Chuyển đổi số giúp giảm khâu trung gian, giá bán ổn định hơn và người trồng biết khách cần gì."],
    caption: "Đóng gói nông sản gửi khách ở huyện %D", document: ["Kế hoạch", "45/KH-UBND"] },
];

const seasons = ["chiêm xuân", "hè thu", "mùa", "đông"];

// A story that each of these papers carries, word for word.
const shared = {
  section: "Thời sự", title: "Khởi công cầu treo nối hai bờ sông Tranh", day: "2024-09-12",
  lead: "Sáng nay, cây cầu treo mơ ước của hàng trăm hộ dân được khởi công.",
  text: ["Cầu dài một trăm hai mươi mét, rộng ba mét, do nhân dân góp công và các nhà hảo tâm góp vật liệu. Học sinh hai xã sẽ không còn phải qua sông bằng mảng.",
         "Đơn vị thi công cam kết hoàn thành trước mùa mưa năm sau. Chính quyền hai xã cử người trông coi vật liệu, bảo đảm an toàn trong suốt thời gian thi công.",
         "Ông trưởng thôn nói rằng bà con đã chờ cây cầu này từ nhiều năm nay, và ai cũng muốn góp một ngày công cho chóng xong."],
};

const fill = (text, values) => text.replace(/%([DVN])/g, (_, name) => values[name]);
const escapeHtml = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

function pageOf({ paper, day, section, title, lead, text, caption }) {
  const data = { "@context": "https://schema.org", "@type": "NewsArticle", headline: title, datePublished: `${day}T07:30:00+07:00`,
                 articleSection: section, author: { "@type": "Person", name: "Trần Thị Mẫu" }, publisher: { "@type": "Organization", name: paper.name } };
  const figure = caption ? `<figure><img src="anh.jpg" alt=""><figcaption>${escapeHtml(caption)}. Ảnh: Hoàng Mẫu</figcaption></figure>` : "";
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="${paper.name}"><meta property="og:title" content="${escapeHtml(title)}">
<meta property="article:section" content="${section}"><meta property="article:published_time" content="${day}T07:30:00+07:00">
<script type="application/ld+json">${JSON.stringify(data)}</script></head><body><header><a href="/">${paper.name}</a></header>
<article><h1>${escapeHtml(title)}</h1><p class="sapo"><strong>${escapeHtml(lead)}</strong></p>
${figure}${text.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("\n")}<p><strong>Trần Thị Mẫu</strong></p></article></body></html>`;
}

function articleOf(paper, number, at) {
  const story = stories[at % stories.length];
  const district = paper.districts[at % paper.districts.length];
  const values = { D: district, V: seasons[at % seasons.length], N: String(120 + at * 37 % 900) };
  const month = String(1 + (at * 5 + number * 3) % 12).padStart(2, "0");
  const year = 2019 + Math.floor(Math.sqrt(at * 17 % 43));  // ever more from year to year
  const closing = [`Lãnh đạo huyện ${district}, tỉnh ${paper.province} đã đến động viên bà con.`];
  if (story.document) closing.push(`Việc này thực hiện theo ${story.document[0]} số ${story.document[1]} của tỉnh ${paper.province}.`);
  return { paper, day: `${year}-${month}-${String(1 + at * 7 % 28).padStart(2, "0")}`, section: story.section,
           title: fill(story.title, values), lead: fill(story.lead, values),
           text: [...story.text, ...closing].map((text) => fill(text, values)), caption: fill(story.caption, values) };
}

// Writes DIRECTORY/SITE/N.html; returns the sites.
export function writeSeeds(directory) {
  papers.forEach((paper, number) => {
    mkdirSync(join(directory, paper.site), { recursive: true });
    for (let at = 0; at < 18; ++at) {
      const article = articleOf(paper, number, at + number * 7);
      writeFileSync(join(directory, paper.site, `${paper.site}-${at}.html`), pageOf(article));
    }
  });
  for (const paper of papers.slice(0, 3)) {
    writeFileSync(join(directory, paper.site, `${paper.site}-cau-treo.html`), pageOf({ paper, ...shared }));
  }
  return papers.map((paper) => paper.site);
}

export const hostileTitle = "<img src=x onerror=\"document.title='taken'\"> & <script>document.title='taken'</script> ngoặc nhọn";

export function writeHostile(directory) {
  const paper = { site: "bao-ngoac", name: "Báo <b>Ngoặc</b>" };
  mkdirSync(join(directory, paper.site), { recursive: true });
  const page = pageOf({ paper: { ...paper, name: escapeHtml(paper.name) }, day: "2023-03-03", section: "Khoa học",
                        title: hostileTitle, lead: "Dấu <b>ngoặc nhọn</b> trong tiêu đề.",
                        text: ["Bài này kể về một trang báo mà tiêu đề có đủ mọi dấu ngoặc nhọn, và vẫn chỉ là chữ.",
                               "Người viết thử <script>document.title='taken'</script> trong thân bài."] });
  writeFileSync(join(directory, paper.site, "ngoac.html"), page);
  return paper.site;
}

if (process.argv[1] === new URL(import.meta.url).pathname) console.log(writeSeeds(process.argv[2]).join("\n"));
