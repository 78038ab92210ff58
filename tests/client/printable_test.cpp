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

TEST(Shown, StrikesSecretsOutBeforeItCuts) {
  const management::Secret canary{"xai-token-canary-0123456789"};
  Secrets secrets{management::Secret{"xai-other"}};
  secrets.note(canary);
  // Wherever the secret stands against the cut, and whatever stands among its letters.
  for (const std::string& gap : {std::string{}, std::string{"\u200b"}, std::string{"\xff"}})
    for (std::size_t before = 260; before < 310; ++before) {
      std::string secret = canary.reveal();
      secret.insert(12, gap);
      const std::string text =
          shown(std::string(before, 'x') + secret + " xai-other " + secret, &secrets);
      EXPECT_FALSE(text.contains("token") || text.contains("other")) << text;
      EXPECT_LE(text.size(), 303U);
    }
}

}  // namespace
}  // namespace xai::client
