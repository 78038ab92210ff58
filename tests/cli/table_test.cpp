#include "cli/render/table.h"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/render/text.h"

namespace xai::cli {
namespace {

struct Screen {
  explicit Screen(bool is_terminal, std::size_t columns, bool has_colour = false)
      : output{[this](std::string_view part) {
                 text.append(part);
                 return 0;
               },
               is_terminal, columns, has_colour} {}
  std::string text{};
  Output output;
};

TEST(Table, LinesUp) {
  Screen screen{false, 80};
  Table table{screen.output, {{"NAME"}, {"N", true}, {"LAST"}}};
  table.add({{"a"}, {"1"}, {"x"}});
  table.add({{"longer"}, {"100"}, {""}});
  table.print();
  screen.output.flush();
  EXPECT_EQ(screen.text, "NAME      N  LAST\na         1  x\nlonger  100\n");
}

TEST(Table, LaterPartsKeepTheWidths) {
  Screen screen{false, 80};
  Table table{screen.output, {{"A"}, {"B"}}};
  table.add({{"xx"}, {"1"}});
  table.print();
  table.add({{"y"}, {"2"}});
  table.add({{"wider"}, {"3"}});
  table.print();
  screen.output.flush();
  EXPECT_EQ(screen.text, "A   B\nxx  1\ny   2\nwider  3\n");
}

TEST(Table, CutsToATerminalAndNotInAPipe) {
  const std::string wide(100, 'w');
  for (const bool is_terminal : {true, false}) {
    Screen screen{is_terminal, 20};
    Table table{screen.output, {{"A"}, {"B"}}};
    table.add({{"one"}, {wide}});
    table.print();
    screen.output.flush();
    std::istringstream lines{screen.text};
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(width_of(line), is_terminal ? 20U : 200U) << line;
    EXPECT_EQ(screen.text.find(wide) == std::string::npos, is_terminal);
  }
}

std::string shown_on(std::size_t columns) {
  Screen screen{true, columns};
  Table table{screen.output, {{"NAME"}, {"KIND"}, {"USD", true}, {"SHARE", true}, {"ID"}}};
  table.add({{"a rather long name"}, {"x"}, {"12345.67"}, {"100.0 %"}, {"abcdef"}});
  table.print();
  screen.output.flush();
  return screen.text;
}

TEST(Table, CutsTextBeforeItCutsNumbersOff) {
  EXPECT_EQ(shown_on(80),
            "NAME                KIND       USD    SHARE  ID\n"
            "a rather long name  x     12345.67  100.0 %  abcdef\n");
  EXPECT_EQ(shown_on(43),
            "NAME                KIND       USD    SHARE\n"
            "a rather long name  x     12345.67  100.0 %\n");
  EXPECT_EQ(shown_on(37),
            "NAME          KIND       USD    SHARE\n"
            "a rather lo…  x     12345.67  100.0 %\n");
}

TEST(Table, ShowsNoPartOfANumber) {
  EXPECT_EQ(shown_on(36),
            "NAME                KIND       USD\n"
            "a rather long name  x     12345.67\n");
  EXPECT_EQ(shown_on(33),
            "NAME                KIND\n"
            "a rather long name  x\n");
}

TEST(Table, HidesWholeColumnsAndNamesThem) {
  Screen screen{true, 30};
  Table table{screen.output, {{"NAME"}, {"N", true}, {"ID"}, {"LAST"}}, Fit::hide};
  table.add({{"some name"}, {"1"}, {"123456789012345678901234567890"}, {"x"}});
  EXPECT_TRUE(table.hidden().empty());
  table.print();
  screen.output.flush();
  EXPECT_EQ(screen.text, "NAME       N  ID\nsome name  1  123456789012345…\n");
  EXPECT_EQ(table.hidden(), std::vector<std::string>{"LAST"});
}

TEST(Table, HidesNothingInAPipe) {
  Screen screen{false, 10};
  Table table{screen.output, {{"A"}, {"B"}}, Fit::hide};
  table.add({{"one of these"}, {"two of these"}});
  table.print();
  screen.output.flush();
  EXPECT_EQ(screen.text, "A             B\none of these  two of these\n");
  EXPECT_TRUE(table.hidden().empty());
}

TEST(Table, EscapesWhatComesFromOutside) {
  Screen screen{true, 80, true};
  Table table{screen.output, {{"A"}}};
  table.add({{"\033[2J\xe2\x80\xae"}});
  table.print();
  screen.output.flush();
  EXPECT_NE(screen.text.find("\\x1b[2J\\u{202e}"), std::string::npos) << screen.text;
}

TEST(Labels, LineUpTheirValues) {
  Screen screen{false, 80};
  Labels labels;
  labels.add("A", "1");
  labels.add("Long", "2");
  labels.print(screen.output);
  screen.output.flush();
  EXPECT_EQ(screen.text, "A:     1\nLong:  2\n");
}

}  // namespace
}  // namespace xai::cli
