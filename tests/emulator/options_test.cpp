#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <utility>

#include "emulator/child.h"
#include "emulator/emulated.h"
#include "emulator/temporary_directory.h"

// What the program says to options and files that it cannot use.
namespace xai::emulator::test {
namespace {

using Words = std::vector<std::string>;

struct Finished {
  int code{};
  std::string out{};
  std::string err{};
};

Finished finish(const Words& words) {
  Child child{words};
  std::string out = child.read_stdout();
  std::string err = child.read_stderr();
  return {.code = child.wait(), .out = std::move(out), .err = std::move(err)};
}

Words program(const Words& arguments) {
  Words words{XAI_EMULATOR};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

/// Options of the help: with a value, and without.
std::set<std::string> options_of_help(bool with_value) {
  const std::string help = finish(program({"--help"})).out;
  std::set<std::string> names;
  const std::regex form{"\n  (--[a-z-]+)( [A-Z][A-Z/]*)?[ \n]"};
  for (std::sregex_iterator match{help.begin(), help.end(), form}, end; match != end; ++match)
    if ((*match)[2].matched == with_value) names.insert((*match)[1]);
  return names;
}

/// Whether it ends at once with a line about that option, in our words.
::testing::AssertionResult complains_of(const Words& arguments, const std::string& option) {
  const Finished ended = finish(program(arguments));
  const bool is_line = ended.err.starts_with("xai_emulator: " + option + " ") &&
                       ended.err.ends_with(" (see xai_emulator --help)\n") &&
                       std::ranges::count(ended.err, '\n') == 1;
  const bool is_foreign =
      std::regex_search(ended.err, std::regex{"TEXT|At Most|required|expected"});
  if (ended.code == 2 && ended.out.empty() && is_line && !is_foreign)
    return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << ended.code << " " << ended.err;
}

TEST(ProgramOptions, NeedTheirValues) {
  const auto names = options_of_help(true);
  EXPECT_EQ(names.size(), 18U);
  for (const std::string& name : names)
    for (const Words& words :
         {Words{name, ""}, Words{name + "="}, Words{name}, Words{"--nulls", name},
          Words{name, "--nulls"}, Words{name, "--seed", "x"}, Words{name, "--seed=x"},
          Words{name, "-h"}, Words{name, "1", name, "1"}, Words{name, "1", name, "2"},
          Words{"run", name, "--", "true"}, Words{"run", name, "", "--", "true"}})
      EXPECT_TRUE(complains_of(words, name));
}

TEST(ProgramOptions, WithoutAValueTakeNone) {
  const auto names = options_of_help(false);
  EXPECT_EQ(names.size(), 5U);
  for (const std::string& name : names)
    for (const char* value : {"", "true", "false", "1", "maybe"})
      EXPECT_TRUE(complains_of({name + "=" + value}, name)) << value;
}

TEST(ProgramOptions, TakeAValueThatLooksLikeAnOption) {
  Child child{program({"run", "--management-key=--seed", "--date-offset", "-90s", "--", "true"})};
  EXPECT_EQ(child.read_stderr(), "");
  EXPECT_EQ(child.wait(), 0);
}

TEST(ProgramOptions, RefuseAKeyThatNoClientCanSend) {
  for (const char* secret : {"a b", "a\n", "\x01", "k\xc3\xa9y", "a\tb"})
    EXPECT_TRUE(complains_of({"--management-key", secret}, "--management-key"));
}

TEST(ProgramFiles, OfASeedThatCannotBeRead) {
  const TemporaryDirectory directory;
  const std::string folder = directory.file("");
  std::ofstream{directory.file("empty.json")}.flush();
  std::ofstream{directory.file("wrong.json")} << R"({"apiKeys":[{"name":"a","qps":-1}]})";
  const std::vector<std::pair<std::string, std::string>> cases{
      {folder, "cannot be read: Is a directory"},
      {directory.file("none.json"), "cannot be read: No such file or directory"},
      {directory.file("wrong.json/x"), "cannot be read: Not a directory"},
      {"/proc/self/mem", "cannot be read: Input/output error"},
      {"/dev/zero", "cannot be read: it is larger than 64 MiB"},
      {directory.file("empty.json"), "JSON that breaks off after 0 bytes"},
      {"/dev/null", "JSON that breaks off after 0 bytes"},
      {directory.file("wrong.json"), "apiKeys[0]: `qps` should not be negative"}};
  for (const auto& [file, words] : cases) {
    const Finished ended = finish(program({"run", "--seed", file, "--", "true"}));
    EXPECT_EQ(ended.code, 12) << file;
    EXPECT_EQ(ended.err, "xai_emulator: " + file + ": " + words + "\n");
  }
}

TEST(ProgramFiles, OfAStateThatCannotBeKept) {
  const TemporaryDirectory directory;
  std::ofstream{directory.file("a.txt")} << "a";
  const std::vector<std::pair<std::string, std::string>> cases{
      {directory.file(""), "is a directory; the state needs a file"},
      {"/proc/self/fd/0/x.db", "cannot be found: Not a directory"},
      {directory.file("no/x.db"), "cannot be made: No such file or directory"},
      {directory.file("a.txt"), "file is not a database"}};
  for (const auto& [file, words] : cases) {
    const Finished ended = finish(program({"run", "--db", file, "--", "true"}));
    EXPECT_EQ(ended.code, 12) << file;
    EXPECT_EQ(ended.err, "xai_emulator: " + file + ": " + words + "\n");
  }
}

TEST(ProgramFiles, AStreamThatTakesNothingIsTrouble) {
  for (const char* arguments : {"--help", "--version", "", "--random-seed 1"}) {
    for (const auto& [stream, words] :
         {std::pair{">/dev/full", "No space left on device"}, {">&-", "Bad file descriptor"}}) {
      const std::string script =
          std::string{"exec '"} + XAI_EMULATOR + "' " + arguments + " " + stream;
      const Finished ended = finish({"/bin/sh", "-c", script});
      EXPECT_EQ(ended.code, 12) << script;
      EXPECT_TRUE(ended.err.ends_with(
          std::string{"xai_emulator: cannot write to standard output: "} + words + "\n"))
          << ended.err;
    }
  }
}

TEST(ProgramFiles, ACommandNeedsNoStream) {
  const std::string script =
      std::string{"exec '"} + XAI_EMULATOR + "' run -- true </dev/null >&- 2>&-";
  EXPECT_EQ(finish({"/bin/sh", "-c", script}).code, 0);
}

}  // namespace
}  // namespace xai::emulator::test
