#include "cli/help.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>

#include "cli/command.h"

namespace xai::cli {
namespace {

TEST(Help, FitsEightyColumns) {
  const auto check = [](const std::string& text) {
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
  };
  check(overview());
  for (const Command& command : commands()) check(help_of(command));
}

TEST(Help, EveryCommandHasTwoExamplesOfItself) {
  for (const Command& command : commands()) {
    EXPECT_EQ(command.examples.size(), 2U) << command.name;
    for (const std::string_view example : command.examples)
      EXPECT_TRUE(example.starts_with(command.name)) << example;
  }
}

}  // namespace
}  // namespace xai::cli
