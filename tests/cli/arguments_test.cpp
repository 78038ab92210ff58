#include "cli/arguments.h"
#include "cli/exit_code.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "base/words.h"
#include "cli/command.h"
#include "run_app.h"

namespace xai::cli {
namespace {

using Words = std::vector<std::string>;

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
  EXPECT_EQ(read({"--name=--flag"})->name, "--flag");
  EXPECT_EQ(read({"--name", "--flags"})->name, "--flags");
  EXPECT_EQ(read({"--name", "-"})->name, "-");
  EXPECT_EQ(read({"--name", "--x="})->name, "--x=");
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
  const std::vector<std::vector<std::string>> bad{{"--count", "x"},
                                                  {"--count", "-1"},
                                                  {"--count", ""},
                                                  {"--count", "2147483648"},
                                                  {"--count=1.5"},
                                                  {"--nam", "a"},
                                                  {"--name"},
                                                  {"--flag=maybe"},
                                                  {"--name", "--flag"},
                                                  {"--name", "-n"},
                                                  {"--name", "--count=1"},
                                                  {"--name", "--", "a"},
                                                  {"-x"},
                                                  {"--count", " 1"},
                                                  {"--count", "+1"},
                                                  {"--count", "0x10"}};
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
  return option == "--trace-file" || option == "--secret-file" || option == "--secret-command" ||
         option == "--cursor";
}

/// Calls `visit(command, option)` for every option and argument of every command.
void for_each_option(const std::function<void(const Command&, const Option&)>& visit) {
  for (const Command& command : commands()) {
    Options options;
    GlobalOptions globals;
    const cli::Run run = command.declare(options);
    declare_global_options(options, globals, command.formats);
    for (const Option& option : options.all()) visit(command, option);
  }
}

/// A word for each argument that comes before the one of that name.
std::vector<std::string> arguments_before(const Command& command, const std::string& name) {
  Options options;
  const cli::Run run = command.declare(options);
  std::vector<std::string> words;
  for (const Option& option : options.all()) {
    if (option.name == name) break;
    if (option.is_argument) words.push_back(option.choices.empty() ? "x" : option.choices.front());
  }
  return words;
}

management::Result<management::HttpResponse> sends_nothing(const management::HttpRequest&) {
  ADD_FAILURE() << "something was sent";
  return management::HttpResponse{.status = 500};
}

TEST(Arguments, AnEmptyValueIsRefusedByEveryOptionOfEveryCommand) {
  test::App app;
  app.transport = sends_nothing;
  for_each_option([&](const Command& command, const Option& option) {
    if (option.value.empty()) return;
    std::vector<std::vector<std::string>> forms{{option.name, ""},
                                                {option.name + "="},
                                                {option.name, "x", option.name + "="},
                                                {option.name + "=", option.name, "x"}};
    // Alone it has a value of its own.
    if (!option.implied_value.empty()) forms = {{option.name + "="}};
    if (option.is_argument) {
      forms = {arguments_before(command, option.name)};
      forms.front().emplace_back();
    }
    for (auto& words : forms) {
      words.insert(words.begin(), std::string{command.name});
      const std::string line = base::listed(words);
      EXPECT_EQ(app.run(words), 2) << line;
      EXPECT_EQ(app.out, "") << line;
      EXPECT_TRUE(app.err.contains(option.name + " is given without a value")) << line << app.err;
    }
    forms.resize(1);
    forms.front().back().append(" \t");
    EXPECT_EQ(app.run(forms.front()), 2) << base::listed(forms.front());
    EXPECT_TRUE(app.err.contains(option.name + " is given nothing but blanks")) << app.err;
  });
}

TEST(Arguments, AnOptionIsNotTheValueOfTheOneBeforeIt) {
  test::App app;
  app.transport = sends_nothing;
  for_each_option([&](const Command& command, const Option& option) {
    if (option.value.empty() || option.is_argument || !option.implied_value.empty()) return;
    for (const char* const next : {"--output", "--output=json", "-v", "--quiet", "--"}) {
      const Words words{std::string{command.name}, option.name, next};
      EXPECT_EQ(app.run(words), 2) << base::listed(words);
      EXPECT_EQ(app.out, "") << base::listed(words);
      EXPECT_TRUE(app.err.contains(option.name + " needs a value")) << app.err;
    }
  });
  EXPECT_EQ(app.run({"--team-id", "--output", "json", "list-keys"}), 2);
  EXPECT_TRUE(app.err.contains("--team-id needs a value")) << app.err;
  EXPECT_TRUE(app.err.contains("--team-id=--output")) << app.err;
}

TEST(Arguments, WhatNamesOneThingIsNotGivenTwice) {
  test::App app;
  for_each_option([&](const Command& command, const Option& option) {
    const bool names_one_thing = option.value == "KEY" || option.value == "FILE" ||
                                 option.value == "CMD" || option.name == "--key" ||
                                 option.name == "--fail-below" || option.name == "--secret-env";
    if (option.is_argument || option.value.empty()) return;
    EXPECT_EQ(option.is_unique, names_one_thing) << command.name << " " << option.name;
    if (!option.is_unique) return;
    const std::string name{command.name};
    EXPECT_EQ(app.run({name, option.name, "one", option.name, "two"}), 2);
    EXPECT_TRUE(app.err.contains(option.name + " is given twice")) << app.err;
    EXPECT_FALSE(app.err.contains("one") && app.err.contains("two")) << app.err;
    // What an alias of the shell and the line say alike is no question.
    if (reaches_outside(option.name)) return;
    const std::string same = app.folder.file("one");
    app.run({name, option.name, same, option.name, same});
    EXPECT_FALSE(app.err.contains("is given twice")) << app.err;
  });
}

TEST(Arguments, OfOtherOptionsTheLastCounts) {
  test::App app;
  EXPECT_EQ(app.run({"list-keys", "--team-id", "x", "--team-id", test::team}), 0) << app.err;
  EXPECT_EQ(app.run({"list-keys", "--limit", "x", "--limit", "1"}), 0) << app.err;
}

TEST(Arguments, AnEmptyVariableCountsAsUnset) {
  for (const auto* const name :
       {"XAI_MANAGEMENT_API_KEY", "XAI_API_REGION", "XAI_MANAGEMENT_BASE_URL",
        "XAI_INFERENCE_BASE_URL", "XAI_TEAM_ID", "NO_COLOR", "LC_ALL", "GROK_DEPLOYMENT_KEY"}) {
    test::App app;
    app.environment.erase(name);
    const int code = app.run({"whoami"});
    const std::string unset = app.out + app.err;
    app.environment[name] = "";
    EXPECT_EQ(app.run({"whoami"}), code) << name;
    EXPECT_EQ(app.out + app.err, unset) << name;
  }
  test::App app;
  app.environment["XAI_MANAGEMENT_KEY"] = "";
  EXPECT_EQ(app.run({"whoami"}), 4);
  EXPECT_TRUE(app.err.contains("no management key was given")) << app.err;
}

TEST(Arguments, AreInUtf8UnlessTheyAreOfThisMachine) {
  test::App app;
  for_each_option([&](const Command& command, const Option& option) {
    if (option.value.empty() || option.is_argument || option.takes_bytes || !option.choices.empty())
      return;
    EXPECT_EQ(app.run({std::string{command.name}, option.name + "=a\xff"}), 2) << option.name;
    EXPECT_TRUE(app.err.contains(option.name + " is not UTF-8: 'a\\xff'")) << app.err;
  });
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

}  // namespace
}  // namespace xai::cli
