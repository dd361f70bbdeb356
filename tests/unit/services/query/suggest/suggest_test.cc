#include "services/query/suggest/suggest.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/articles.h"
#include "tests/support/naive_indexer.h"
#include "tests/support/status_matchers.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::tintinh::testing::ArticleId;
using ::tintinh::testing::IsOk;
using ::tintinh::testing::MakeArticle;
using ::tintinh::testing::NaiveIndexer;
using ::tintinh::testing::StatusIs;

class SuggestTest : public ::testing::Test {
 protected:
  SuggestTest() {
    Add("Ngắm ruộng bậc thang mùa nước đổ");
    Add("Ruộng bậc thang vàng óng");
    Add("Người dựng ruộng lúa bậc thang");
    Add("Lễ hội chọi trâu Hải Lựu");
    Add("Sông Lô mùa cạn");
  }

  void Add(const std::string& title) {
    (next_ % 2 == 0 ? first_ : second_).Add(MakeArticle(next_, title));
    ++next_;
  }

  v1::SuggestResponse Suggested(const std::string& typed, uint32_t limit = 0) {
    v1::SuggestRequest request;
    request.set_prefix(typed);
    request.set_limit(limit);
    const auto response = Suggest(titles_, request, clock_.Now() + absl::Seconds(20));
    EXPECT_THAT(response, IsOk());
    return response.value_or(v1::SuggestResponse());
  }

  static std::vector<std::string> Texts(const v1::SuggestResponse& response, v1::SuggestionKind kind) {
    std::vector<std::string> texts;
    for (const v1::Suggestion& item : response.items()) {
      if (item.kind() == kind) texts.push_back(item.text());
    }
    return texts;
  }
  std::vector<std::string> Phrases(const std::string& typed) {
    return Texts(Suggested(typed), v1::SUGGESTION_KIND_PHRASE);
  }

  SystemClock clock_;
  NaiveIndexer first_{0}, second_{1};
  RootSearch root_{{&first_.stub(), &second_.stub()}, clock_};
  TitleReader titles_{root_, clock_};
  uint32_t next_ = 0;
};

TEST_F(SuggestTest, PhrasesGoOnWithAndWithoutMarks) {
  EXPECT_THAT(Phrases("ruộng bậc th"), ElementsAre("ruộng bậc thang"));
  EXPECT_THAT(Phrases("ruong bac th"), ElementsAre("ruộng bậc thang"));
}

TEST_F(SuggestTest, WordsLeftOutAreFilledInAsTitlesHaveThem) {
  EXPECT_THAT(Phrases("ruong lua th"), ElementsAre("ruộng lúa bậc thang"));
  EXPECT_THAT(Phrases("dung lua t"), ElementsAre("dựng ruộng lúa bậc thang"));
}

TEST_F(SuggestTest, OfWordsThatNoTitleHasTogetherTheLastAreCompleted) {
  EXPECT_THAT(Phrases("Cuối tuần xem chọi tr"), ElementsAre("Cuối tuần xem chọi trâu"));
}

TEST_F(SuggestTest, APlaceIsAnAnswerThatNeedsNoOther) {
  const v1::SuggestResponse response = Suggested("huyen song l");
  EXPECT_THAT(Texts(response, v1::SUGGESTION_KIND_PLACE), ElementsAre("Sông Lô"));
  EXPECT_THAT(Texts(response, v1::SUGGESTION_KIND_PHRASE), IsEmpty()) << "the last two words are not completed";
}

TEST_F(SuggestTest, TitlesComeWithTheirArticleAndHighlights) {
  const v1::SuggestResponse response = Suggested("choi tr");
  ASSERT_THAT(Texts(response, v1::SUGGESTION_KIND_TITLE), ElementsAre("Lễ hội chọi trâu Hải Lựu"));
  const v1::Suggestion& title = *response.items().rbegin();
  EXPECT_EQ(title.article_id(), ArticleId(3));
  ASSERT_EQ(title.highlights_size(), 2);
  EXPECT_EQ(title.text().substr(title.highlights(0).begin(), title.highlights(0).end() - title.highlights(0).begin()),
            "chọi");
  EXPECT_EQ(title.text().substr(title.highlights(1).begin(), title.highlights(1).end() - title.highlights(1).begin()),
            "tr");
}

TEST_F(SuggestTest, PlacesComeFromTheGazetteer) {
  const v1::SuggestResponse response = Suggested("sông l");
  EXPECT_THAT(Texts(response, v1::SUGGESTION_KIND_PLACE), ElementsAre("Sông Lô"));
  EXPECT_THAT(Texts(response, v1::SUGGESTION_KIND_TITLE), ElementsAre("Sông Lô mùa cạn"));
}

TEST_F(SuggestTest, TextsStandInTheOldListToo) {
  const v1::SuggestResponse response = Suggested("ruong");
  ASSERT_EQ(response.suggestions_size(), response.items_size());
  for (int i = 0; i < response.items_size(); ++i) EXPECT_EQ(response.suggestions(i), response.items(i).text());
}

TEST_F(SuggestTest, TheLimitHoldsAndLeavesRoomForTitles) {
  for (int i = 0; i < 30; ++i) Add(absl::StrCat("Ruộng ngô số ", i, " chín"));
  for (const uint32_t limit : {1u, 2u, 8u, 20u}) {
    const v1::SuggestResponse response = Suggested("ruong", limit);
    EXPECT_LE(response.items_size(), static_cast<int>(limit));
    EXPECT_GT(response.items_size(), 0);
    EXPECT_EQ(Texts(response, v1::SUGGESTION_KIND_TITLE).empty(), limit == 1) << limit;
  }
}

TEST_F(SuggestTest, OneTitleOfSeveralPapersCountsOnce) {
  for (int i = 0; i < 5; ++i) Add("Phiên chợ tình Khâu Vai");
  const v1::SuggestResponse response = Suggested("chợ tì");
  EXPECT_THAT(Texts(response, v1::SUGGESTION_KIND_TITLE), ElementsAre("Phiên chợ tình Khâu Vai"));
  ASSERT_GT(response.items_size(), 0);
  EXPECT_EQ(response.items(0).titles(), 1u);
}

TEST_F(SuggestTest, BlankTextGetsAnEmptyAnswer) {
  for (const char* typed : {"", " ", "\"", "\xff"}) EXPECT_THAT(Suggested(typed).items(), IsEmpty());
}

TEST_F(SuggestTest, LimitsAreNamed) {
  v1::SuggestRequest request;
  request.set_prefix(std::string(257, 'a'));
  EXPECT_THAT(Suggest(titles_, request, clock_.Now()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("prefix: 257 bytes, at most 256")));
  request.set_prefix("a");
  request.set_limit(21);
  EXPECT_THAT(Suggest(titles_, request, clock_.Now()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("limit: 21 is outside 1 to 20")));
}

TEST_F(SuggestTest, AnIndexerThatFailsIsLeftOutAndSaidSo) {
  second_.FailWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  const v1::SuggestResponse response = Suggested("ruong");
  EXPECT_EQ(response.shards_asked(), 2u);
  EXPECT_EQ(response.shards_answered(), 1u);
  EXPECT_GT(response.items_size(), 0);
  first_.FailWith(grpc::Status(grpc::StatusCode::UNAVAILABLE, "down"));
  v1::SuggestRequest request;
  request.set_prefix("ruong");
  EXPECT_THAT(Suggest(titles_, request, clock_.Now() + absl::Seconds(20)),
              StatusIs(absl::StatusCode::kUnavailable, ::testing::HasSubstr("down")));
}

}  // namespace
}  // namespace tintinh::query
