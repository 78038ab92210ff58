#include <signal.h>
#include <sqlite3.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "emulator/child.h"
#include "emulator/served.h"
#include "emulator/temporary_directory.h"

namespace xai::emulator::test {
namespace {

std::vector<std::string> command(std::initializer_list<std::string> arguments) {
  std::vector<std::string> all{XAI_EMULATOR};
  all.insert(all.end(), arguments);
  return all;
}

std::uint16_t port_of(const std::string& address) {
  return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
}

/// Runs to the end: the exit code and the only line on stderr.
std::pair<int, std::string> failure(std::initializer_list<std::string> arguments) {
  Child child{command(arguments)};
  EXPECT_EQ(child.read_stdout(), "");
  const std::string words = child.read_stderr();
  return {child.wait(), words};
}

using Failure = std::pair<int, std::string>;

TEST(Program, PrintsItsAddressAndTheSettings) {
  Child child{command({"--management-key", std::string{key}, "--team-id", std::string{team}})};
  const std::string address = child.read_line();
  ASSERT_TRUE(std::regex_match(address, std::regex{"http://127\\.0\\.0\\.1:[0-9]+"})) << address;
  RawClient client{port_of(address)};
  client.send(Served::create_request("x"));
  EXPECT_EQ(status_of(client.receive()), 200);
  child.send_signal(SIGTERM);
  EXPECT_EQ(child.read_stdout(), "");
  EXPECT_EQ(child.read_stderr(),
            "export XAI_MANAGEMENT_KEY='xai-token-for-tests' "
            "XAI_TEAM_ID='11111111-2222-4333-8444-555555555555'\n"
            "export XAI_MANAGEMENT_BASE_URL='" +
                address + "' XAI_INFERENCE_BASE_URL='" + address +
                "/_emulator/clusters/{region}'\n");
  EXPECT_EQ(child.wait(), 0);
}

TEST(Program, EndsCleanlyOnBothSignalsWithClientsConnected) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Child child{command({})};
    const std::string address = child.read_line();
    RawClient client{port_of(address)};
    client.send(Served::request("GET", "/nowhere"));
    EXPECT_EQ(status_of(client.receive()), 404);
    child.send_signal(signal);
    EXPECT_EQ(child.wait(), 0);
    EXPECT_EQ(client.receive_all(), "");
  }
}

TEST(Program, KeepsItsStateWhenKilled) {
  const TemporaryDirectory directory;
  const auto arguments =
      command({"--db", directory.file("state.db"), "--management-key", std::string{key},
               "--team-id", std::string{team}, "--random-seed", "1", "--now", "2027-01-31"});
  std::string listed;
  {
    Child child{arguments};
    RawClient client{port_of(child.read_line())};
    client.send(Served::create_request("kept"));
    EXPECT_EQ(status_of(client.receive()), 200);
    client.send(Served::request("GET", Served::keys()));
    listed = client.receive();
    child.send_signal(SIGKILL);
    EXPECT_EQ(child.wait(), -SIGKILL);
  }
  Child child{arguments};
  RawClient client{port_of(child.read_line())};
  client.send(Served::request("GET", Served::keys()));
  EXPECT_EQ(client.receive(), listed);
  EXPECT_NE(listed.find("\"kept\""), std::string::npos);
}

TEST(Program, ReadsASeedAndLeavesItAsideLater) {
  const TemporaryDirectory directory;
  std::ofstream{directory.file("seed.json")} << R"({"apiKeys":[{"name":"planted"}]})";
  const auto arguments =
      command({"--db", directory.file("state.db"), "--seed", directory.file("seed.json"),
               "--management-key", std::string{key}, "--team-id", std::string{team}});
  for (const bool first : {true, false}) {
    Child child{arguments};
    RawClient client{port_of(child.read_line())};
    client.send(Served::request("GET", Served::keys()));
    EXPECT_NE(client.receive().find("\"planted\""), std::string::npos);
    child.send_signal(SIGTERM);
    EXPECT_EQ(child.read_stderr().find("the seed is ignored") == std::string::npos, first);
    EXPECT_EQ(child.wait(), 0);
  }
}

TEST(Program, HelpFitsATerminalAndNamesEveryOption) {
  Child child{command({"--help"})};
  const std::string help = child.read_stdout();
  EXPECT_EQ(child.wait(), 0);
  std::istringstream lines{help};
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
  for (const char* option : {"--port",        "--db",
                             "--seed",        "--management-key",
                             "--team-id",     "--now",
                             "--propagation", "--list-lag",
                             "--date-offset", "--error-style",
                             "--nulls",       "--no-acl-checks",
                             "--rate-limit",  "--usage-series-max",
                             "--random-seed", "--ledger-lag",
                             "--idle-limit",  "--unknown-key-status",
                             "--key-tails",   "--tls-cert",
                             "--tls-key",     "--help",
                             "--version"})
    EXPECT_NE(help.find("  " + std::string{option} + " "), std::string::npos) << option;
  EXPECT_NE(help.find("Not imitated:"), std::string::npos);
}

TEST(Program, ExamplesOfItsHelpRun) {
  const TemporaryDirectory directory;
  Child help{command({"--help"})};
  const std::string text = help.read_stdout();
  // The one with `run` has a program in it that is not built here; see companion_test.
  const std::string examples = text.substr(text.find("Examples:"));
  std::istringstream lines{examples.substr(0, examples.find("  xai_emulator run "))};
  std::string line;
  std::getline(lines, line);
  int count = 0;
  while (std::getline(lines, line)) {
    std::istringstream words{line};
    std::vector<std::string> arguments;
    for (std::string word; words >> word;) {
      // The example's port may be taken here, and its file should not stay.
      if (!arguments.empty() && arguments.back() == "--port") word = "0";
      if (!arguments.empty() && arguments.back() == "--db") word = directory.file(word);
      arguments.push_back(word);
    }
    ASSERT_EQ(arguments.front(), "xai_emulator");
    arguments.front() = XAI_EMULATOR;
    Child child{arguments};
    EXPECT_TRUE(child.read_line().starts_with("http://127.0.0.1:")) << line;
    ++count;
  }
  EXPECT_EQ(count, 2);
}

TEST(Program, CanBeWrongAboutTheDate) {
  Child child{command({"--now", "2027-01-31", "--date-offset", "-90s"})};
  RawClient client{port_of(child.read_line())};
  client.send(Served::request("GET", "/nowhere"));
  EXPECT_NE(client.receive().find("date: Sat, 30 Jan 2027 23:58:30 GMT"), std::string::npos);
}

TEST(Program, TellsItsVersion) {
  Child child{command({"--version"})};
  EXPECT_TRUE(std::regex_match(child.read_stdout(), std::regex{"xai_emulator [0-9.]+\n"}));
  EXPECT_EQ(child.wait(), 0);
}

TEST(Program, RefusesWrongOptionsWithTheClosestOne) {
  const std::string end = " (see xai_emulator --help)\n";
  EXPECT_EQ(failure({"--prot", "1"}),
            (Failure{2, "xai_emulator: unknown option --prot; did you mean --port?" + end}));
  EXPECT_EQ(failure({"--zzzzzz"}), (Failure{2, "xai_emulator: unknown option --zzzzzz" + end}));
  EXPECT_EQ(failure({"state.db"}),
            (Failure{2, "xai_emulator: unexpected argument state.db" + end}));
  EXPECT_EQ(failure({"--port", "70000"}),
            (Failure{2, "xai_emulator: --port must be a number from 0 to 65535, not 70000" + end}));
  EXPECT_EQ(
      failure({"--now", "soon"}),
      (Failure{2,
               "xai_emulator: --now must be a time such as 2027-01-31T00:00:00Z, not soon" + end}));
  EXPECT_EQ(failure({"--team-id", "default"}),
            (Failure{2, "xai_emulator: --team-id must be a UUID, not default" + end}));
  EXPECT_EQ(failure({"--propagation", "slow"}).first, 2);
  EXPECT_EQ(failure({"--list-lag", "x"}).first, 2);
  EXPECT_EQ(failure({"--error-style", "x"}).first, 2);
  EXPECT_EQ(failure({"--date-offset", "--5s"}),
            (Failure{2, "xai_emulator: --date-offset must be a span such as 90s or -90s, not --5s" +
                            end}));
  EXPECT_EQ(failure({"--random-seed", "x"}).first, 2);
  EXPECT_EQ(
      failure({"--rate-limit", "20"}),
      (Failure{2, "xai_emulator: --rate-limit must be calls and a span, as 20/1m, not 20" + end}));
  EXPECT_EQ(failure({"--port"}).first, 2);
  EXPECT_EQ(failure({"--tls-cert", "x.pem"}),
            (Failure{2, "xai_emulator: --tls-cert and --tls-key go together" + end}));
}

TEST(Program, TellsOfLocalTroubleInOneLine) {
  const TemporaryDirectory directory;
  Served taken;
  const std::string port = std::to_string(taken.server.port());
  EXPECT_EQ(failure({"--port", port}), (Failure{12, "xai_emulator: cannot listen on 127.0.0.1:" +
                                                        port + ": Address already in use\n"}));
  const std::string nowhere = directory.file("no/such/state.db");
  EXPECT_EQ(
      failure({"--db", nowhere}),
      (Failure{12, "xai_emulator: " + nowhere + ": cannot be made: No such file or directory\n"}));
  const std::string seed = directory.file("seed.json");
  EXPECT_EQ(
      failure({"--seed", seed}),
      (Failure{12, "xai_emulator: " + seed + ": cannot be read: No such file or directory\n"}));
  std::ofstream{seed} << R"({"apiKey":[]})";
  EXPECT_EQ(failure({"--seed", seed}),
            (Failure{12, "xai_emulator: " + seed +
                             ": unknown member `apiKey`; did you mean `apiKeys`?\n"}));
  EXPECT_EQ(failure({"--tls-cert", seed, "--tls-key", seed}).first, 12);
  const std::string foreign = directory.file("foreign.db");
  sqlite3* database = nullptr;
  sqlite3_open(foreign.c_str(), &database);
  sqlite3_exec(database, "PRAGMA user_version = 7", nullptr, nullptr, nullptr);
  sqlite3_close(database);
  EXPECT_EQ(failure({"--db", foreign}),
            (Failure{12, "xai_emulator: " + foreign +
                             ": the file has schema version 7, and this emulator writes version 2; "
                             "use another file, or the emulator that made this one\n"}));
}

}  // namespace
}  // namespace xai::emulator::test
