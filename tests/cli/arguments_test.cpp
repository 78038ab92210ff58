#include "cli/arguments.h"
#include "cli/exit_code.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "cli/command.h"
#include "cli/help.h"
#include "run_app.h"

namespace xai::cli {
namespace {

struct Values {
  std::string name{};
  std::optional<std::int32_t> count{};
  std::vector<std::string> many{};
  std::vector<std::string> keys{};
  bool flag{};
};

management::Result<Values> read(const std::vector<std::string>& words) {
  Values values;
  Options options;
  options.option("--name", values.name, "NAME", "A name").short_as("-n");
  options.option("--count", values.count, "N", "A count");
  options.option("--many", values.many, "ONE", "One of many");
  options.flag("--flag", values.flag, "A flag");
  options.argument("KEY", values.keys, "Keys").is_required = false;
  const auto status = read_arguments(words, options, "test");
  if (!status) return std::unexpected{status.error()};
  return values;
}

TEST(Arguments, TakeValuesInEitherForm) {
  EXPECT_EQ(read({"--name", "a"})->name, "a");
  EXPECT_EQ(read({"--name=a"})->name, "a");
  EXPECT_EQ(read({"--name=a=b"})->name, "a=b");
  EXPECT_EQ(read({"-n", "a"})->name, "a");
  EXPECT_EQ(read({"--name", ""})->name, "");
  EXPECT_EQ(read({"--name=", "--flag"})->name, "");
  EXPECT_TRUE(read({"--name=", "--flag"})->flag);
  EXPECT_EQ(read({"--name", "--flag"})->name, "--flag");
}

TEST(Arguments, TheLastValueWinsUnlessAllCount) {
  EXPECT_EQ(read({"--name", "a", "--name", "b"})->name, "b");
  EXPECT_EQ(read({"--many", "a", "--many", "b"})->many, (std::vector<std::string>{"a", "b"}));
}

TEST(Arguments, AnOptionThatRepeatsTakesOneValueEach) {
  const auto values = read({"--many", "a", "key"});
  EXPECT_EQ(values->many, std::vector<std::string>{"a"});
  EXPECT_EQ(values->keys, std::vector<std::string>{"key"});
}

TEST(Arguments, OptionsMayStandAmongArguments) {
  const auto values = read({"a", "--flag", "b", "--count", "3", "c"});
  EXPECT_EQ(values->keys, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(values->count, 3);
}

TEST(Arguments, ValuesAreTakenAsTheyAre) {
  // No file, environment or list syntax of the parser's may leak in.
  EXPECT_EQ(read({"--name", "[a,b]"})->name, "[a,b]");
  EXPECT_EQ(read({"--many", "[a,b]"})->many, std::vector<std::string>{"[a,b]"});
  EXPECT_EQ(read({"--many", "{}"})->many, std::vector<std::string>{"{}"});
  EXPECT_EQ(read({"--name", "@file"})->name, "@file");
  EXPECT_EQ(read({"--name", "a\nb"})->name, "a\nb");
}

TEST(Arguments, RefuseWhatDoesNotFit) {
  const std::vector<std::vector<std::string>> bad{
      {"--count", "x"}, {"--count", "-1"}, {"--count", ""},   {"--count", "2147483648"},
      {"--count=1.5"},  {"--nam", "a"},    {"--name"},        {"--flag=maybe"},
      {"-x"},           {"--count", " 1"}, {"--count", "+1"}, {"--count", "0x10"}};
  for (const auto& words : bad) {
    const auto values = read(words);
    ASSERT_FALSE(values) << words.front();
    EXPECT_EQ(exit_code_of(values.error()), ExitCode::usage);
    EXPECT_EQ(values.error().message.find('\n'), std::string::npos);
  }
}

TEST(Arguments, NoneTakesALimitAway) { EXPECT_EQ(read({"--count", "none"})->count, std::nullopt); }

/// What would make files or start commands where the test runs.
bool reaches_outside(std::string_view option) {
  return option == "--trace-file" || option == "--secret-file" || option == "--secret-command";
}

/// Words drawn from all that means something, and some that do not.
TEST(Arguments, NoLineOfWordsBreaksTheProgram) {
  std::vector<std::string> vocabulary{"--",
                                      "-",
                                      "",
                                      "=",
                                      "--=",
                                      "-vq",
                                      "x",
                                      "[",
                                      "--output=json",
                                      "\xff\xfe",
                                      "--name=",
                                      "*",
                                      std::string(5000, 'y'),
                                      "\033[2J",
                                      "00000000-0000-4000-8000-000000000000",
                                      "--help",
                                      "never"};
  for (const Command& command : commands()) {
    vocabulary.emplace_back(command.name);
    Options options;
    GlobalOptions globals;
    const cli::Run run = command.declare(options);
    declare_global_options(options, globals, command.formats);
    for (const Option& option : options.all())
      if (!reaches_outside(option.name)) vocabulary.push_back(option.name);
  }
  // A file that is read as a key may be anything, standard input included.
  std::erase(vocabulary, "--management-key-file");
  std::mt19937 random{7};
  test::App app;
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::string> words;
    for (std::size_t i = random() % 6; i > 0; --i)
      words.push_back(vocabulary[random() % vocabulary.size()]);
    const int code = app.run(words);
    const std::vector<int> known{0, 2, 3, 4, 5, 6, 10, 12, 13};
    EXPECT_NE(std::ranges::find(known, code), known.end()) << code << ": " << app.err;
    EXPECT_EQ(app.err.find('\033'), std::string::npos) << app.err;
    EXPECT_TRUE(code == 0 || !app.err.empty());
  }
}

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
