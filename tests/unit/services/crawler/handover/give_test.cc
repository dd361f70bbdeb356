#include "services/crawler/handover/give.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/frontier/store.h"
#include "tests/unit/services/crawler/handover/hand_over_fixture.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::SizeIs;
using testing::StatusIs;

class GiveTest : public HandOverTest {
 protected:
  absl::Status Ask(bool term_only) {
    v1::HandOverSiteRequest request;
    request.set_site("bao-a");
    request.set_term_only(term_only);
    return Give(request, *giver_.sites, *giver_.frontier, *giver_.outbox, [this](v1::HandOverSiteResponse message) {
      messages_.push_back(std::move(message));
      return true;
    });
  }
  std::vector<v1::HandOverSiteResponse> messages_;
};

TEST_F(GiveTest, WhatIsItsOwnIsNotGiven) {
  EXPECT_THAT(Ask(true), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("\"bao-a\"")));
  EXPECT_THAT(messages_, SizeIs(0));
}

TEST_F(GiveTest, PagesInTheOutboxHaveTheirOutcomeFirst) {
  giver_.Open(false);
  kv::WriteBatch batch;
  disk::v1::OutboxRecord page;
  page.set_site("bao-a");
  const uint64_t sequence = giver_.outbox->Put(page, batch);
  ASSERT_THAT(giver_.database->Write(std::move(batch), kv::Durability::kBuffered), IsOk());
  giver_.outbox->Announce(sequence);
  EXPECT_THAT(Ask(true), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("1 pages")));
  giver_.outbox->Forget(sequence);
  EXPECT_THAT(Ask(true), IsOk());
}

TEST_F(GiveTest, TheTermAloneIsOneMessageWithoutRecords) {
  ASSERT_THAT(giver_.frontier->Add({Article("/1")}), IsOk());
  giver_.Open(false);
  ASSERT_THAT(Ask(true), IsOk());
  ASSERT_THAT(messages_, SizeIs(1));
  EXPECT_TRUE(messages_[0].complete() && messages_[0].has_copy());
  EXPECT_EQ(messages_[0].term(), 1u);
  EXPECT_EQ(messages_[0].format(), FrontierStore::kFormat);
  EXPECT_EQ(messages_[0].url_records_size(), 0);
}

TEST_F(GiveTest, ASiteNeverHeardOfIsNoCopy) {
  giver_.Open(false);
  ASSERT_THAT(Ask(false), IsOk());
  ASSERT_THAT(messages_, SizeIs(1));
  EXPECT_TRUE(messages_[0].complete());
  EXPECT_FALSE(messages_[0].has_copy());
}

TEST_F(GiveTest, EndsWhenTheOtherSideHasGone) {
  ASSERT_THAT(giver_.frontier->Add({Article("/1")}), IsOk());
  giver_.Open(false);
  v1::HandOverSiteRequest request;
  request.set_site("bao-a");
  EXPECT_THAT(Give(request, *giver_.sites, *giver_.frontier, *giver_.outbox,
                   [](const v1::HandOverSiteResponse&) { return false; }),
              StatusIs(absl::StatusCode::kCancelled, HasSubstr("has gone")));
}

TEST_F(GiveTest, AllUrlsComeInMessagesOfAMebibyte) {
  std::vector<NewUrl> many;
  for (int i = 0; i < 3000; ++i) {
    many.push_back(Article(absl::StrCat("/", std::string(1000, 'x'), i)));
    many.push_back(Article(absl::StrCat("/", i), "b.vn"));
  }
  for (NewUrl& url : many) url.rank = disk::v1::URL_RANK_FRESH;
  ASSERT_THAT(giver_.frontier->Add(many), IsOk());
  giver_.Open(false);
  ASSERT_THAT(Ask(false), IsOk());
  int urls = 0;
  for (const v1::HandOverSiteResponse& message : messages_) {
    urls += message.url_records_size();
    EXPECT_LT(message.ByteSizeLong(), size_t{1} << 21);
    EXPECT_EQ(message.complete(), &message == &messages_.back());
  }
  EXPECT_EQ(urls, 3000);
  EXPECT_GT(messages_.size(), 2u);
  EXPECT_EQ(messages_.back().host_records_size(), 1);
}

}  // namespace
}  // namespace tintinh::crawler
