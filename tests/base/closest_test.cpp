#include "base/closest.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace xai::base {
namespace {

using Words = std::vector<std::string>;

const Words commands{"create-key", "list-keys",      "get-key", "delete-key",
                     "check-key",  "list-endpoints", "regions", "list-models"};

TEST(Closest, FindsATransposedLetter) {
  EXPECT_EQ(closest("lsit-keys", commands, 1), Words{"list-keys"});
}

TEST(Closest, FindsAMissingAndAnExtraLetter) {
  EXPECT_EQ(closest("creat-key", commands, 1), Words{"create-key"});
  EXPECT_EQ(closest("regionss", commands, 1), Words{"regions"});
}

TEST(Closest, FindsAReplacedLetter) {
  EXPECT_EQ(closest("regiens", commands, 1), Words{"regions"});
}

TEST(Closest, OffersTheWholeOfABeginning) {
  EXPECT_EQ(closest("grok-4", Words{"grok-3-mini", "grok-4-0709-reasoning"}, 1),
            Words{"grok-4-0709-reasoning"});
}

TEST(Closest, IgnoresCaseButKeepsTheCandidatesSpelling) {
  EXPECT_EQ(closest("GROK-4-0709", Words{"Grok-4-0709"}), Words{"Grok-4-0709"});
}

TEST(Closest, OffersNothingThatIsFarOff) {
  EXPECT_TRUE(closest("teapot", commands).empty());
  EXPECT_TRUE(closest("x", commands).empty());
}

TEST(Closest, OffersASlipForEveryThreeLetters) {
  EXPECT_EQ(closest("abcdef", Words{"badcef"}), Words{"badcef"});
  EXPECT_EQ(closest("abcdef", Words{"abdcfe"}), Words{"abdcfe"});
  EXPECT_EQ(closest("abcdef", Words{"cdef"}), Words{"cdef"});
  EXPECT_TRUE(closest("abcdef", Words{"badcfe"}).empty());
  EXPECT_TRUE(closest("abcdef", Words{"xyzdef"}).empty());
  EXPECT_TRUE(closest("abcdef", Words{"def"}).empty());
}

TEST(Closest, PutsTheBestFirst) {
  EXPECT_EQ(closest("abcd", Words{"abxx", "abcx", "abcd"}), (Words{"abcd", "abcx"}));
}

TEST(Closest, GivesNoMoreThanAskedFor) {
  const Words many{"aaaa1", "aaaa2", "aaaa3", "aaaa4", "aaaa5"};
  EXPECT_EQ(closest("aaaa0", many).size(), 3U);
  EXPECT_EQ(closest("aaaa0", many, 2).size(), 2U);
  EXPECT_TRUE(closest("aaaa0", many, 0).empty());
}

TEST(Closest, NamesACandidateOnce) {
  EXPECT_EQ(closest("grok-4", Words{"grok-4", "grok-4", "grok-4"}), Words{"grok-4"});
}

TEST(Closest, KeepsTheOrderOfEquals) {
  EXPECT_EQ(closest("aaaa0", Words{"aaaa9", "aaaa1"}), (Words{"aaaa9", "aaaa1"}));
}

TEST(Closest, StandsEmptyAndHugeWords) {
  EXPECT_TRUE(closest("", commands).empty());
  EXPECT_TRUE(closest(std::string(1U << 20U, 'a'), commands).empty());
  EXPECT_TRUE(closest("list-keys", Words{std::string(1U << 20U, 'a'), ""}).empty());
  EXPECT_TRUE(closest("list-keys", Words{}).empty());
}

}  // namespace
}  // namespace xai::base
