#include <gtest/gtest.h>

#include "client/client_fixture.h"
#include "client/send.h"
#include "fakes/scripted_server.h"
#include "json/writer.h"
#include "xai/management/usage.h"

namespace xai::client {
namespace {

using fakes::http_answer;
using fakes::play_bytes;
using fakes::ScriptedServer;
using management::AnalyzeUsage;

/// Takes the points of a usage answer.
struct Points {
  std::vector<std::string> items{};
  json::ListReader reader{
      .names = {"dataPoints"},
      .begin = [this] { items.clear(); },
      .take = [this](json::Value item) { items.push_back(json::to_text(item)); },
      .end = [] {}};

  auto ask(const Client& client) {
    return exchange(client, AnalyzeUsage{.team_id = "team-1"}, deadline_of(client),
                    {.are_decoded = false, .reader = &reader});
  }
};

constexpr auto usage =
    R"({"timeSeries":[{"group":["a"],"dataPoints":[{"values":[1]},{"values":[2]}]}]})";
const std::vector<std::string> both{R"({"values":[1]})", R"({"values":[2]})"};

TEST(Lists, AreTakenFromAnAnswerThatCameAsAWhole) {
  FakeClient client{{answer(200, usage)}};
  Points points;
  const auto told = points.ask(*client);
  ASSERT_TRUE(told) << told.error().message;
  EXPECT_EQ(points.items, both);
  EXPECT_EQ(json::to_text(told->document.root()),
            R"({"timeSeries":[{"group":["a"],"dataPoints":[0]}]})");
}

TEST(Lists, AreTakenFromTheAttemptThatSucceeds) {
  const std::string whole = http_answer(200, usage);
  ScriptedServer server{{play_bytes(whole.substr(0, whole.size() - 6)),
                         play_bytes(http_answer(503, usage)), play_bytes(whole)}};
  Points points;
  fakes::ManualTime time;
  const auto told = points.ask(client_of(server, time));
  ASSERT_TRUE(told) << told.error().message;
  EXPECT_EQ(points.items, both);
}

TEST(Lists, AreTakenBesideATraceThatShowsThem) {
  ScriptedServer server{{play_bytes(http_answer(200, usage))}};
  std::string trace;
  Points points;
  fakes::ManualTime time;
  const auto told =
      points.ask(client_of(server, time, {.trace = [&](std::string_view line) { trace += line; }}));
  ASSERT_TRUE(told) << told.error().message;
  EXPECT_EQ(points.items, both);
  EXPECT_TRUE(trace.contains(R"({"values":[2]})")) << trace;
}

TEST(Lists, MakeAMalformedAnswerNoneThatCounts) {
  for (const std::string body : {R"({"timeSeries":[{"dataPoints":[{"values":[1]},]}]})",
                                 R"({"timeSeries":[{"dataPoints":[{"values":[1]})",
                                 R"({"timeSeries":[{"dataPoints":[{"values":[01]}]}]})", ""}) {
    FakeClient client{{answer(200, body)}};
    Points points;
    const auto told = points.ask(*client);
    ASSERT_FALSE(told) << body;
    EXPECT_EQ(told.error().kind, ErrorKind::malformed_response);
  }
}

}  // namespace
}  // namespace xai::client
