#include "base/printable.h"

#include <gtest/gtest.h>

namespace xai::base {
namespace {

TEST(Escaped, LeavesPlainTextAlone) {
  EXPECT_EQ(escaped("My App, größer, 日本, 🙂"), "My App, größer, 日本, 🙂");
}

TEST(Escaped, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(escaped("\033]0;x\007"), "\\x1b]0;x\\x07");
  EXPECT_EQ(escaped("a\r\n\tb"), "a\\x0d\\x0a\\x09b");
  EXPECT_EQ(escaped("\x7f"), "\\x7f");
  EXPECT_EQ(escaped("\xc2\x9b"), "\\u{9b}");
  EXPECT_EQ(escaped("a\xe2\x80\xae"
                    "b"),
            "a\\u{202e}b");
  EXPECT_EQ(escaped("\xe2\x81\xa6"), "\\u{2066}");
  EXPECT_EQ(escaped("\xe2\x80\x8b"), "\\u{200b}");
  EXPECT_EQ(escaped(std::string{"\0", 1}), "\\x00");
  EXPECT_EQ(escaped("\u00ad\u180e\ufff9\U000e0001"), "\\u{ad}\\u{180e}\\u{fff9}\\u{e0001}");
}

TEST(Escaped, ShowsBytesThatAreNoText) {
  EXPECT_EQ(escaped("\xff"), "\\xff");
  EXPECT_EQ(escaped("\xc0\xaf"), "\\xc0\\xaf");
  EXPECT_EQ(escaped("\xed\xa0\x80"), "\\xed\\xa0\\x80");
  EXPECT_EQ(escaped("\xf0\x9f\x99"), "\\xf0\\x9f\\x99");
  EXPECT_EQ(escaped("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
}

TEST(Width, CountsColumns) {
  EXPECT_EQ(width_of("abc"), 3U);
  EXPECT_EQ(width_of("größe"), 5U);
  EXPECT_EQ(width_of("日本"), 4U);
  EXPECT_EQ(width_of("e\xcc\x81"), 1U);
  EXPECT_EQ(width_of("🙂"), 2U);
}

TEST(Cut, KeepsWithinTheColumns) {
  EXPECT_EQ(cut_to("abcdef", 6), "abcdef");
  EXPECT_EQ(cut_to("abcdef", 5), "abcd…");
  EXPECT_EQ(cut_to("日本語", 5), "日本…");
  EXPECT_EQ(cut_to("日本語", 4), "日…");
  EXPECT_EQ(cut_to("abc", 0), "");
  EXPECT_EQ(cut_to("abc", 1), "…");
}

}  // namespace
}  // namespace xai::base
