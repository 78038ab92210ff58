#include "cli/render/chart.h"

#include <gtest/gtest.h>

#include "cli/render/amount.h"

namespace xai::cli {
namespace {

std::string drawn(const Chart& chart, bool is_ascii, bool has_colour = false,
                  std::size_t columns = 30) {
  std::string text;
  Output output{[&](std::string_view part) {
                  text += part;
                  return 0;
                },
                has_colour, columns, has_colour};
  print_chart(output, chart, is_ascii);
  output.flush();
  return text;
}

const Chart two{.labels = {"mon", "tue"},
                .figures = {"3.00", "0.00"},
                .series = {{"one", {200, 0}}, {"two", {100, 0}}}};

TEST(Chart, StacksItsSeries) {
  // 30 columns less label, figure and the gaps leave 19 cells.
  EXPECT_EQ(drawn(two, true), "mon  3.00  AAAAAAAAAAAAABBBBBB\ntue  0.00\n\nA one   B two\n");
}

TEST(Chart, TellsSeriesApartWithoutColour) {
  EXPECT_EQ(drawn(two, false), drawn(two, true));
  EXPECT_TRUE(drawn(two, false, true).contains("\033[34m█"));
}

TEST(Chart, DrawsOneSeriesAsBlocks) {
  const Chart one{.labels = {"x"}, .figures = {"1"}, .series = {{"usage", {5}}}};
  EXPECT_EQ(drawn(one, true, false, 16), "x  1  ##########\n");
  EXPECT_EQ(drawn(one, false, false, 16), "x  1  ██████████\n");
}

TEST(Chart, ShowsWhatIsLittle) {
  const Chart small{.labels = {"a", "b"}, .figures = {"", ""}, .series = {{"u", {1, 1'000'000}}}};
  EXPECT_TRUE(drawn(small, true).starts_with("a    #\n")) << drawn(small, true);
}

TEST(Chart, BearsAnyNumber) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  const Chart large{.labels = {"a"}, .figures = {"1"}, .series = {{"u", {most}}}};
  EXPECT_TRUE(drawn(large, true, false, 16).contains("##########"));
  const Chart negative{.labels = {"a"}, .figures = {"-1"}, .series = {{"u", {-5}}}};
  EXPECT_EQ(drawn(negative, true), "a  -1\n");
}

TEST(Chart, EscapesNames) {
  Chart hostile = two;
  hostile.series[0].name = "\x1b[2J";
  EXPECT_FALSE(drawn(hostile, true).contains('\x1b'));
}

TEST(Amount, IsRoundedAtTheEndOnly) {
  base::DecimalSum sum;
  for (int i = 0; i < 10; ++i) sum.add("0.004");
  EXPECT_EQ(to_the_cent(sum), "0.04");
  base::DecimalSum little;
  little.add("0.004");
  EXPECT_EQ(to_the_cent(little), "<0.01");
  EXPECT_EQ(to_the_cent({}), "0.00");
}

TEST(Amount, IsMissingAndNotZero) {
  EXPECT_EQ(usd_of(std::optional<management::Cents>{}), "missing");
  EXPECT_EQ(usd_of(management::Cents{-5}), "-0.05 USD");
}

}  // namespace
}  // namespace xai::cli
