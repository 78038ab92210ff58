#include "emulator/served.h"
#include "wire/rows.h"

// Answers that break off, over a socket and in this process.
namespace xai::emulator::test {
namespace {

std::string cut(std::size_t bytes, std::string_view more) {
  return R"({"times":0,"cutAt":)" + std::to_string(bytes) + std::string{more} + "}";
}

void replace(Emulated& emulated, std::string_view fault) {
  emulated.call(Method::delete_, "/_emulator/faults");
  set_fault(emulated, fault);
}

/// Of the last answer that the first fault hit.
std::size_t answer_bytes(Emulated& emulated) {
  const Answer answer = emulated.get("/_emulator/faults");
  return std::stoul(
      std::string{answer.body().find("faults").items().front().find("answerBytes").text()});
}

std::string exchange(const Served& served, const std::string& request, bool& was_reset) {
  RawClient client{served.server.port()};
  client.send(request);
  std::string received = client.receive_all();
  was_reset = client.was_reset();
  return received;
}

class CutAnswer : public ::testing::TestWithParam<bool> {
 protected:
  [[nodiscard]] static std::string end() {
    return GetParam() ? R"(,"when":"after","reset":true)" : R"(,"when":"after")";
  }
};

TEST_P(CutAnswer, StopsAfterExactlyThatManyBytes) {
  Served served;
  bool was_reset = false;
  set_fault(served, cut(1'000'000, end()));
  const std::string whole = exchange(served, Served::create_request("x"), was_reset);
  EXPECT_EQ(status_of(whole), 200);
  ASSERT_EQ(answer_bytes(served), whole.size());
  const std::size_t head = whole.find("\r\n\r\n") + 4;
  std::size_t commits = served.commits();
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, std::size_t{12}, head - 1, head,
                                  head + 1, whole.size() - 1, whole.size()}) {
    replace(served, cut(bytes, end()));
    const std::string received = exchange(served, Served::create_request("x"), was_reset);
    EXPECT_EQ(received.size(), bytes);
    EXPECT_EQ(received.substr(0, head), whole.substr(0, std::min(bytes, head)));
    EXPECT_EQ(was_reset, GetParam()) << bytes;
    EXPECT_EQ(answer_bytes(served), whole.size());
    EXPECT_EQ(served.commits(), ++commits);
  }
}

TEST_P(CutAnswer, LosesNothingOfALongOneBeforeTheCut) {
  Served served;
  for (int i = 0; i < 3000; ++i) served.create(std::string(200, 'x'));
  bool was_reset = false;
  set_fault(served, cut(1'000'000'000, end()));
  const std::string whole = exchange(served, Served::request("GET", Served::keys()), was_reset);
  ASSERT_GT(whole.size(), 1'000'000U);
  replace(served, cut(whole.size() - 1, end()));
  EXPECT_EQ(exchange(served, Served::request("GET", Served::keys()), was_reset).size(),
            whole.size() - 1);
  EXPECT_EQ(was_reset, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Ends, CutAnswer, ::testing::Bool(),
                         [](const auto& each) { return each.param ? "ByReset" : "Orderly"; });

TEST(Cut, BeforeTheChangeStopsItAndCutsAnError) {
  Served served;
  bool was_reset = false;
  set_fault(served, cut(12, ""));
  EXPECT_EQ(exchange(served, Served::create_request("x"), was_reset), "HTTP/1.1 500");
  EXPECT_FALSE(was_reset);
  replace(served, cut(12, R"(,"status":503)"));
  EXPECT_EQ(exchange(served, Served::create_request("x"), was_reset), "HTTP/1.1 503");
  replace(served, cut(0, ""));
  EXPECT_EQ(exchange(served, Served::create_request("x"), was_reset), "");
  EXPECT_EQ(served.commits(), 0U);
  // What changes nothing has its real answer cut.
  replace(served, cut(12, ""));
  EXPECT_EQ(exchange(served, Served::request("GET", Served::keys()), was_reset), "HTTP/1.1 200");
}

TEST(Cut, CutsTheAnswerThatAFaultGives) {
  Served served;
  bool was_reset = false;
  set_fault(served,
            cut(1'000'000, R"(,"when":"after","status":502,"body":"abcdef","headers":{"a":"b"})"));
  const std::string whole = exchange(served, Served::create_request("x"), was_reset);
  EXPECT_TRUE(whole.ends_with("\r\n\r\nabcdef")) << whole;
  replace(served, cut(whole.size() - 3, R"(,"status":502,"body":"abcdef","headers":{"a":"b"})"));
  EXPECT_TRUE(exchange(served, Served::create_request("x"), was_reset).ends_with("\r\n\r\nabc"));
  EXPECT_EQ(served.commits(), 1U);
}

TEST(Cut, TheLengthIsShownInThisProcessToo) {
  Served served;
  bool was_reset = false;
  set_fault(served, cut(1'000'000, ""));
  served.get(Served::keys());
  const std::size_t in_process = answer_bytes(served);
  const std::string kept = exchange(served, Served::request("GET", Served::keys()), was_reset);
  EXPECT_EQ(kept.size(), in_process);
  // The header that says so makes it longer.
  const std::string closing = Served::request("GET", Served::keys(), "", "Connection: close\r\n");
  const std::string closed = exchange(served, closing, was_reset);
  EXPECT_EQ(closed.size(), answer_bytes(served));
  EXPECT_EQ(answer_bytes(served), in_process + std::string{"Connection: close\r\n"}.size());
}

/// What a client in this process makes of a create that was cut: `status N`, or its words.
std::string outcome_of_cut(Emulated& emulated, std::size_t bytes) {
  HttpRequest request =
      wire::to_request(management::CreateApiKey{.team_id = std::string{team}, .name = "x"});
  request.credential = Secret{std::string{key}};
  replace(emulated, cut(bytes, R"(,"when":"after")"));
  const auto answer = emulated.emulator->transport()(request);
  if (answer) return "status " + std::to_string(answer->status);
  EXPECT_EQ(answer.error().outcome, management::Outcome::unknown);
  EXPECT_EQ(answer.error().kind, management::ErrorKind::unavailable);
  return answer.error().message;
}

TEST(Cut, IsAnUnknownOutcomeInThisProcess) {
  Emulated emulated;
  const auto message = [&](std::size_t bytes) { return outcome_of_cut(emulated, bytes); };
  EXPECT_EQ(message(1'000'000), "status 200");
  const std::size_t whole = answer_bytes(emulated);
  const std::size_t body = emulated.create("x").response.body.size();
  EXPECT_EQ(message(0), "the connection was cut");
  EXPECT_EQ(message(whole - body - 1), "the connection was cut");
  EXPECT_EQ(message(whole - body), "the answer broke off");
  EXPECT_EQ(message(whole - 1), "the answer broke off");
  EXPECT_EQ(message(whole), "status 200");
  EXPECT_EQ(emulated.commits(), 7U);
}

TEST(Trickle, TakesItsTimeOverASocket) {
  Served served;
  set_fault(served, R"({"method":"POST","bytesPerSecond":8000,"times":0})");
  const auto start = std::chrono::steady_clock::now();
  RawClient client{served.server.port()};
  client.send(Served::create_request(std::string(200, 'x')));
  const std::string answer = client.receive();
  const auto span = std::chrono::steady_clock::now() - start;
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(answer_bytes(served), answer.size());
  EXPECT_GE(span, std::chrono::milliseconds{answer.size() * 1000 / 8000});
  // The connection stays open, and others are served meanwhile.
  set_fault(served, R"({"path":"/auth/teams/*/models","bytesPerSecond":1})");
  RawClient slow{served.server.port()};
  slow.send(Served::request("GET", "/auth/teams/" + std::string{team} + "/models"));
  client.send(Served::request("GET", Served::keys()));
  EXPECT_EQ(status_of(client.receive()), 200);
}

TEST(Trickle, EndsWhereItIsCut) {
  Served served;
  bool was_reset = false;
  for (const bool by_reset : {false, true}) {
    const std::string pace = R"(,"when":"after","bytesPerSecond":5000)";
    replace(served, cut(100, pace + (by_reset ? R"(,"reset":true)" : "")));
    const std::string received = exchange(served, Served::create_request("x"), was_reset);
    EXPECT_EQ(received.size(), 100U);
    EXPECT_EQ(was_reset, by_reset);
  }
  EXPECT_EQ(served.commits(), 2U);
}

TEST(Trickle, IsCutByTheTimeoutInThisProcess) {
  Emulated emulated;
  HttpRequest request =
      wire::to_request(management::CreateApiKey{.team_id = std::string{team}, .name = "x"});
  request.credential = Secret{std::string{key}};
  request.timeout = 2s;
  const auto message = [&](std::size_t bytes_per_second, std::string_view more = "") {
    replace(emulated, R"({"times":0,"when":"after","bytesPerSecond":)" +
                          std::to_string(bytes_per_second) + std::string{more} + "}");
    const auto answer = emulated.emulator->transport()(request);
    return answer ? "status " + std::to_string(answer->status) : answer.error().message;
  };
  EXPECT_EQ(message(1'000'000), "status 200");
  const std::size_t whole = answer_bytes(emulated);
  EXPECT_EQ(message(whole), "status 200");
  EXPECT_EQ(message(whole, R"(,"delay":"1s")"), "status 200");
  EXPECT_EQ(message(whole - 1, R"(,"delay":"1s")"), "the answer did not end in time");
  EXPECT_EQ(message(whole, R"(,"delay":"1500ms")"), "the answer did not end in time");
  EXPECT_EQ(message(10), "no answer came in time");
  EXPECT_EQ(message(whole, R"(,"cutAt":20)"), "the connection was cut");
  EXPECT_EQ(emulated.commits(), 7U);
}

TEST(Faults, CanAnswerAStatusWithoutABody) {
  Served served;
  RawClient client{served.server.port()};
  set_fault(served, R"({"status":204,"times":2})");
  for (int i = 0; i < 2; ++i) {
    client.send(Served::create_request("x"));
    const std::string answer = client.receive();
    EXPECT_EQ(status_of(answer), 204);
    EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
    EXPECT_EQ(answer.find("Content-Length"), std::string::npos);
  }
  client.send(Served::create_request("x"));
  EXPECT_EQ(status_of(client.receive()), 200);
}

TEST(Faults, CanCloseTheConnectionAfterTheAnswer) {
  Served served;
  RawClient client{served.server.port()};
  set_fault(served, R"({"headers":{"Connection":"close"}})");
  client.send(Served::create_request("x"));
  EXPECT_EQ(status_of(client.receive_all()), 200);
  EXPECT_FALSE(client.was_reset());
}

}  // namespace
}  // namespace xai::emulator::test
