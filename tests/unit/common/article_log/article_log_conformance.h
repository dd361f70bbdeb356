// What every ArticleLog must do. A log joins by instantiating the suite with a harness of its own:
//   class Harness { ArticleLog& log(); void Reopen(); };   // shards 0 and 1, empty; Reopen keeps what is durable
#ifndef TINTINH_TESTS_UNIT_COMMON_ARTICLE_LOG_ARTICLE_LOG_CONFORMANCE_H_
#define TINTINH_TESTS_UNIT_COMMON_ARTICLE_LOG_ARTICLE_LOG_CONFORMANCE_H_

#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/article_log/article_log.h"
#include "common/digest/digest.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::article_log {

template <typename Harness>
class ArticleLogConformance : public ::testing::Test {
 protected:
  ArticleLog& log() { return harness_.log(); }
  void Reopen() { harness_.Reopen(); }

  std::vector<uint64_t> Append(uint32_t shard, const std::vector<std::string>& texts) {
    std::vector<LogPayload> payloads;
    for (const std::string& text : texts) payloads.push_back({.key = text, .bytes = text});
    const auto positions = log().Append(shard, payloads);
    EXPECT_THAT(positions, tintinh::testing::IsOk());
    return positions.value_or(std::vector<uint64_t>());
  }

  // Everything after `after`, read in steps of `step` records.
  std::vector<LogRecord> ReadAll(uint32_t shard, uint64_t after = 0, size_t step = 7) {
    std::vector<LogRecord> all;
    while (true) {
      auto tail = log().Tail(shard, after, {.records = step});
      EXPECT_THAT(tail, tintinh::testing::IsOk());
      if (!tail.ok() || tail->records.empty()) return all;
      EXPECT_LE(tail->records.size(), step);
      after = tail->records.back().position;
      for (LogRecord& record : tail->records) all.push_back(std::move(record));
    }
  }

  std::vector<std::string> Texts(uint32_t shard, uint64_t after = 0) {
    std::vector<std::string> texts;
    for (const LogRecord& record : ReadAll(shard, after)) texts.push_back(record.bytes);
    return texts;
  }

  TailState StateAfter(uint32_t shard, uint64_t after) {
    const auto tail = log().Tail(shard, after, {});
    EXPECT_THAT(tail, tintinh::testing::IsOk());
    return tail->state;
  }

 private:
  Harness harness_;
};
TYPED_TEST_SUITE_P(ArticleLogConformance);

TYPED_TEST_P(ArticleLogConformance, TheFirstPositionIsOneAndPositionsAscendInTheOrderOfThePayloads) {
  EXPECT_EQ(this->Append(0, {"a", "b"}), (std::vector<uint64_t>{1, 2}));
  EXPECT_EQ(this->Append(0, {"c"}), (std::vector<uint64_t>{3}));
  EXPECT_EQ(this->Texts(0), (std::vector<std::string>{"a", "b", "c"}));
}

TYPED_TEST_P(ArticleLogConformance, RecordsCarryTheirPositionAndTheHashOfTheirBytes) {
  this->Append(0, {"xã", "phường"});
  const std::vector<LogRecord> records = this->ReadAll(0);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[1].position, 2u);
  EXPECT_EQ(records[1].hash, Sha256Prefix64("phường"));
}

TYPED_TEST_P(ArticleLogConformance, ShardsAreSeparate) {
  this->Append(0, {"a"});
  EXPECT_EQ(this->Append(1, {"b"}), (std::vector<uint64_t>{1}));
  EXPECT_EQ(this->Texts(1), (std::vector<std::string>{"b"}));
}

TYPED_TEST_P(ArticleLogConformance, AShardThatWasNotOpenedIsNotFound) {
  using tintinh::testing::StatusIs;
  EXPECT_THAT(this->log().Append(9, {}), StatusIs(absl::StatusCode::kNotFound, ::testing::HasSubstr("9")));
  EXPECT_THAT(this->log().Tail(9, 0, {}), StatusIs(absl::StatusCode::kNotFound, ::testing::_));
  EXPECT_THAT(this->log().Bounds(9), StatusIs(absl::StatusCode::kNotFound, ::testing::_));
  EXPECT_THAT(this->log().Trim(9, 0), StatusIs(absl::StatusCode::kNotFound, ::testing::_));
}

TYPED_TEST_P(ArticleLogConformance, NoPayloadsGiveNoPositions) { EXPECT_TRUE(this->Append(0, {}).empty()); }

TYPED_TEST_P(ArticleLogConformance, AnOversizedPayloadIsRefusedAndNothingIsAppended) {
  const std::vector<LogPayload> payloads = {{"small", "x"}, {"large", std::string(kMaxPayloadBytes + 1, 'x')}};
  EXPECT_THAT(
      this->log().Append(0, payloads),
      tintinh::testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                 ::testing::AllOf(::testing::HasSubstr("large"), ::testing::HasSubstr("16777216"))));
  EXPECT_TRUE(this->Texts(0).empty());
}

TYPED_TEST_P(ArticleLogConformance, BoundsOfAnEmptyLogAreEmpty) {
  const auto bounds = this->log().Bounds(0);
  ASSERT_THAT(bounds, tintinh::testing::IsOk());
  EXPECT_EQ(bounds->first, 1u);
  EXPECT_EQ(bounds->last, 0u);
  EXPECT_EQ(this->StateAfter(0, 0), TailState::kRecords);
}

TYPED_TEST_P(ArticleLogConformance, TailStopsAtEitherLimitButReturnsAtLeastOneRecord) {
  this->Append(0, {std::string(100, 'a'), std::string(100, 'b'), std::string(100, 'c')});
  EXPECT_EQ(this->log().Tail(0, 0, {.records = 2})->records.size(), 2u);
  EXPECT_EQ(this->log().Tail(0, 0, {.records = 10, .bytes = 250})->records.size(), 2u);
  EXPECT_EQ(this->log().Tail(0, 0, {.records = 10, .bytes = 1})->records.size(), 1u);
}

TYPED_TEST_P(ArticleLogConformance, TailAfterTheEndOfTheLogIsAFork) {
  this->Append(0, {"a", "b"});
  EXPECT_EQ(this->StateAfter(0, 2), TailState::kRecords);
  EXPECT_EQ(this->StateAfter(0, 3), TailState::kFork);
}

TYPED_TEST_P(ArticleLogConformance, ReopeningKeepsEveryRecordAndPosition) {
  this->Append(0, {"a", "b"});
  this->Append(1, {"c"});
  this->Reopen();
  EXPECT_EQ(this->Texts(0), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(this->Append(1, {"d"}), (std::vector<uint64_t>{2}));
  EXPECT_EQ(this->Texts(1), (std::vector<std::string>{"c", "d"}));
}

TYPED_TEST_P(ArticleLogConformance, ManyAppendersGetDistinctPositionsAndEveryRecordIsFoundWhereItWasPromised) {
  constexpr int kThreads = 8;
  constexpr int kCalls = 25;
  std::vector<std::map<uint64_t, std::string>> promised(kThreads);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([this, thread, &promised] {
      for (int call = 0; call < kCalls; ++call) {
        const std::string name = absl::StrCat("bài ", thread, "/", call);
        const std::vector<uint64_t> positions = this->Append(0, {name + "a", name + "b"});
        ASSERT_EQ(positions.size(), 2u);
        ASSERT_EQ(positions[1], positions[0] + 1) << "one call's payloads must stay together";
        promised[static_cast<size_t>(thread)][positions[0]] = name + "a";
        promised[static_cast<size_t>(thread)][positions[1]] = name + "b";
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::map<uint64_t, std::string> expected;
  for (const auto& part : promised) expected.insert(part.begin(), part.end());
  ASSERT_EQ(expected.size(), size_t{2 * kThreads * kCalls});
  EXPECT_EQ(expected.rbegin()->first, uint64_t{2 * kThreads * kCalls}) << "positions must be contiguous";
  this->Reopen();
  std::map<uint64_t, std::string> found;
  for (const LogRecord& record : this->ReadAll(0)) found[record.position] = record.bytes;
  EXPECT_EQ(found, expected);
}

REGISTER_TYPED_TEST_SUITE_P(ArticleLogConformance, TheFirstPositionIsOneAndPositionsAscendInTheOrderOfThePayloads,
                            RecordsCarryTheirPositionAndTheHashOfTheirBytes, ShardsAreSeparate,
                            AShardThatWasNotOpenedIsNotFound, NoPayloadsGiveNoPositions,
                            AnOversizedPayloadIsRefusedAndNothingIsAppended, BoundsOfAnEmptyLogAreEmpty,
                            TailStopsAtEitherLimitButReturnsAtLeastOneRecord, TailAfterTheEndOfTheLogIsAFork,
                            ReopeningKeepsEveryRecordAndPosition,
                            ManyAppendersGetDistinctPositionsAndEveryRecordIsFoundWhereItWasPromised);

// Of logs that give up what they are told to.
template <typename Harness>
class TrimmingConformance : public ArticleLogConformance<Harness> {};
TYPED_TEST_SUITE_P(TrimmingConformance);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(TrimmingConformance);

TYPED_TEST_P(TrimmingConformance, TailBeforeTheStartOfTheLogIsTrimmed) {
  this->Append(0, {"a", "b", "c"});
  ASSERT_THAT(this->log().Trim(0, 2), tintinh::testing::IsOk());
  EXPECT_EQ(this->StateAfter(0, 0), TailState::kTrimmed);
  EXPECT_EQ(this->StateAfter(0, 1), TailState::kTrimmed);
  EXPECT_EQ(this->Texts(0, 2), (std::vector<std::string>{"c"}));
}

TYPED_TEST_P(TrimmingConformance, TrimmingAgainIsHarmlessAndPastTheEndIsRefused) {
  this->Append(0, {"a", "b", "c"});
  ASSERT_THAT(this->log().Trim(0, 2), tintinh::testing::IsOk());
  ASSERT_THAT(this->log().Trim(0, 1), tintinh::testing::IsOk());
  EXPECT_EQ(this->log().Bounds(0)->first, 3u);
  EXPECT_THAT(this->log().Trim(0, 4),
              tintinh::testing::StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("ends at 3")));
}

TYPED_TEST_P(TrimmingConformance, AFullyTrimmedLogContinuesAtTheNextPositionAlsoAfterReopening) {
  this->Append(0, {"a", "b"});
  ASSERT_THAT(this->log().Trim(0, 2), tintinh::testing::IsOk());
  this->Reopen();
  EXPECT_EQ(this->log().Bounds(0)->first, 3u);
  EXPECT_EQ(this->log().Bounds(0)->last, 2u);
  EXPECT_EQ(this->Append(0, {"c"}), (std::vector<uint64_t>{3}));
  EXPECT_EQ(this->Texts(0, 2), (std::vector<std::string>{"c"}));
}

TYPED_TEST_P(TrimmingConformance, AReaderSeesAGrowingPrefixWhileOthersAppendAndTrim) {
  constexpr uint64_t kRecords = 200;
  std::thread writer([this] {
    for (uint64_t i = 1; i <= kRecords; ++i) {
      this->Append(0, {absl::StrCat(i)});
      if (i % 50 == 0) {
        EXPECT_THAT(this->log().Trim(0, i - 40), tintinh::testing::IsOk());
      }
    }
  });
  uint64_t after = 0;
  while (after < kRecords) {
    const auto tail = this->log().Tail(0, after, {});
    ASSERT_THAT(tail, tintinh::testing::IsOk());
    ASSERT_NE(tail->state, TailState::kFork);
    if (tail->state == TailState::kTrimmed) after = tail->bounds.first - 1;
    for (const LogRecord& record : tail->records) {
      ASSERT_EQ(record.position, after + 1);
      ASSERT_EQ(record.bytes, absl::StrCat(record.position));
      after = record.position;
    }
  }
  writer.join();
}

REGISTER_TYPED_TEST_SUITE_P(TrimmingConformance, TailBeforeTheStartOfTheLogIsTrimmed,
                            TrimmingAgainIsHarmlessAndPastTheEndIsRefused,
                            AFullyTrimmedLogContinuesAtTheNextPositionAlsoAfterReopening,
                            AReaderSeesAGrowingPrefixWhileOthersAppendAndTrim);

}  // namespace tintinh::article_log

#endif  // TINTINH_TESTS_UNIT_COMMON_ARTICLE_LOG_ARTICLE_LOG_CONFORMANCE_H_
