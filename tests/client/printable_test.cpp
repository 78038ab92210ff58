#include "client/printable.h"

#include <gtest/gtest.h>

namespace xai::client {
namespace {

TEST(Shown, TrimsAndJoinsLines) {
  EXPECT_EQ(shown("  one\r\n\ttwo \n"), "one two");
  EXPECT_EQ(shown(""), "");
  EXPECT_EQ(shown(" \n "), "");
}

TEST(Shown, KeepsLettersOfAllScripts) { EXPECT_EQ(shown("café 漢字 😀"), "café 漢字 😀"); }

TEST(Shown, DropsWhatATerminalWouldObey) {
  EXPECT_EQ(shown("a\x1b[31mb\x07\x7f"), "a[31mb");
  EXPECT_EQ(shown("a\u009b1mb"), "a1mb");
  EXPECT_EQ(shown("a\u202e\u2066\u200b\ufeff\u061c\u00ad\u180e\ufff9\U000e0001b"), "ab");
}

TEST(Shown, DropsBrokenUtf8) {
  EXPECT_EQ(shown("a\xff\xc0\xaf\xe2\x82z"), "az");
  EXPECT_EQ(shown("\xed\xa0\x80x"), "x");
  EXPECT_EQ(shown("x\xf0\x9f"), "x");
}

TEST(Shown, CutsBetweenLetters) {
  const std::string cut = shown(std::string(299, 'x') + "é" + std::string(100, 'y'));
  EXPECT_EQ(cut, std::string(299, 'x') + "…");
  EXPECT_EQ(shown(std::string(300, 'x')), std::string(300, 'x'));
}

}  // namespace
}  // namespace xai::client
