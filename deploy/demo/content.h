// Invented provincial news, the same on every run.
#ifndef TINTINH_DEPLOY_DEMO_CONTENT_H_
#define TINTINH_DEPLOY_DEMO_CONTENT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace tintinh::demo {

struct Section {
  const char* slug;  // "thoi-su"
  const char* name;  // "Thời sự"
};

const std::vector<Section>& Sections();

struct Photo {
  std::string caption;
  std::string credit;
};

struct Article {
  size_t number = 0;   // 1, 2, …; decides everything else
  size_t section = 0;  // index into Sections()
  std::string slug;    // of the address, without marks
  std::string title;
  std::string lead;
  std::vector<std::string> paragraphs;
  std::vector<Photo> photos;
  std::string author;
  absl::Time published;
};

inline constexpr size_t kArticles = 72;

// The article with this number.
Article ComposeArticle(size_t number);

// The word that stands in the number-th article added by `publish` and in no other page.
std::string PublishedWord(size_t number);

// An article that carries PublishedWord(number), published at `now`.
Article ComposePublished(size_t number, absl::Time now);

}  // namespace tintinh::demo

#endif  // TINTINH_DEPLOY_DEMO_CONTENT_H_
