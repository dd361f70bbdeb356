#include "services/indexer/record/stored_article.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;

// Gives every field of a message, nested ones too, a value of its own; lists get two elements.
class Filler {
 public:
  void Fill(Message& message) {
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* field = message.GetDescriptor()->field(i);
      for (int n = 0; n < (field->is_repeated() ? 2 : 1); ++n) FillField(message, field);
    }
  }

 private:
  void FillField(Message& message, const FieldDescriptor* field) {
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    ++next_;
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return field->is_repeated() ? reflection.AddString(&message, field, Text())
                                    : reflection.SetString(&message, field, Text());
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Fill(*(field->is_repeated() ? reflection.AddMessage(&message, field)
                                           : reflection.MutableMessage(&message, field)));
      case FieldDescriptor::CPPTYPE_ENUM:
        return reflection.SetEnum(&message, field, field->enum_type()->value(field->enum_type()->value_count() - 1));
      case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.SetBool(&message, field, true);
      case FieldDescriptor::CPPTYPE_UINT32:
        return reflection.SetUInt32(&message, field, static_cast<uint32_t>(next_));
      case FieldDescriptor::CPPTYPE_UINT64:
        return reflection.SetUInt64(&message, field, ~static_cast<uint64_t>(next_));
      case FieldDescriptor::CPPTYPE_INT32:  // Timestamp.nanos
        return reflection.SetInt32(&message, field, next_ * 1000);
      case FieldDescriptor::CPPTYPE_INT64:  // Timestamp.seconds
        return reflection.SetInt64(&message, field, 1'600'000'000 + next_);
      default:
        FAIL() << "teach Filler about " << field->full_name();
    }
  }
  std::string Text() const { return absl::StrCat("giá trị ", next_); }

  int next_ = 0;
};

TEST(StoredArticle, EveryFieldOfAnArticleComesBack) {
  v1::Article article;
  Filler().Fill(article);
  EXPECT_TRUE(MessageDifferencer::Equals(FromStored(ToStored(article)), article))
      << FromStored(ToStored(article)).DebugString();
}

TEST(StoredArticle, EveryStoredFieldComesBack) {
  disk::v1::StoredArticle stored;
  Filler().Fill(stored);
  stored.set_published_precision(v1::TIME_PRECISION_MINUTE);
  stored.set_kind(v1::PAGE_KIND_GALLERY);
  EXPECT_TRUE(MessageDifferencer::Equals(ToStored(FromStored(stored)), stored))
      << ToStored(FromStored(stored)).DebugString();
}

TEST(StoredArticle, ItsTitleAloneComesWithItsId) {
  disk::v1::StoredArticle stored;
  Filler().Fill(stored);
  v1::Article want;
  want.set_article_id(stored.article_id());
  want.set_title(stored.title());
  EXPECT_TRUE(MessageDifferencer::Equals(TitleOf(stored), want));
}

TEST(StoredArticle, AnEmptyArticleStaysEmpty) {
  EXPECT_TRUE(MessageDifferencer::Equals(FromStored(ToStored(v1::Article())), v1::Article()));
}

TEST(StoredArticle, TimesBefore1970AndAtTheEdgesOfTheRangeComeBack) {
  for (const int64_t seconds : {int64_t{-62'135'596'800}, int64_t{-1}, int64_t{0}, int64_t{253'402'300'799}}) {
    v1::Article article;
    article.mutable_published()->set_seconds(seconds);
    article.mutable_published()->set_nanos(999'999'000);
    EXPECT_TRUE(MessageDifferencer::Equals(FromStored(ToStored(article)), article)) << seconds;
  }
}

TEST(StoredArticle, TimesAreKeptToTheMicrosecond) {
  v1::Article article;
  article.mutable_fetched()->set_nanos(1'999);
  EXPECT_EQ(FromStored(ToStored(article)).fetched().nanos(), 1'000);
}

}  // namespace
}  // namespace tintinh::indexer
