#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time_text.h"
#include "emulator/emulator.h"
#include "json/document.h"
#include "json/writer.h"

namespace xai::emulator::test {

using management::Header;
using management::Method;
using management::Secret;
using namespace std::chrono_literals;

inline constexpr std::string_view team = "11111111-2222-4333-8444-555555555555";
inline constexpr std::string_view other_team = "99999999-2222-4333-8444-555555555555";
inline constexpr std::string_view key = "xai-token-for-tests";

inline management::Timestamp at(std::string_view text) { return base::parse_rfc3339(text).value(); }

inline Options options() {
  return {.now = at("2027-01-31T12:00:00Z"),
          .management_key = Secret{std::string{key}},
          .team_id = std::string{team},
          .propagation = 0s,
          .random_seed = 1};
}

/// An answer, with its body parsed when it is JSON.
struct Answer {
  HttpResponse response{};
  json::Document document{};

  [[nodiscard]] int status() const { return response.status; }
  [[nodiscard]] json::Value body() const { return document.root(); }
  [[nodiscard]] std::string text(std::string_view name) const {
    return std::string{body().find(name).text()};
  }
};

/// An emulator in this process, and short ways to call it.
struct Emulated {
  explicit Emulated(Options given = options()) {
    auto opened = Emulator::open(std::move(given));
    if (!opened) throw std::runtime_error(opened.error().message);
    emulator = *std::move(opened);
  }

  Answer call(Method method, std::string target, std::string body = "",
              std::string_view credential = key, std::vector<Header> headers = {}) {
    HttpRequest request{.method = method,
                        .target = std::move(target),
                        .headers = std::move(headers),
                        .credential = Secret{std::string{credential}},
                        .body = std::move(body)};
    Answer answer{.response = emulator->handle(request).response};
    if (auto parsed = json::Document::parse(answer.response.body))
      answer.document = *std::move(parsed);
    return answer;
  }
  Answer get(std::string target, std::string_view credential = key) {
    return call(Method::get, std::move(target), "", credential);
  }
  Answer post(std::string target, std::string body, std::string_view credential = key) {
    return call(Method::post, std::move(target), std::move(body), credential);
  }
  Answer create(std::string_view name, std::string_view more = "") {
    return post(keys(), R"({"name":")" + std::string{name} + "\"" + std::string{more} + "}");
  }
  Answer remove(const std::string& id) { return call(Method::delete_, "/auth/api-keys/" + id); }
  std::size_t commits() { return get("/_emulator/ledger").body().find("commits").items().size(); }
  void advance(std::string_view span) {
    ASSERT_EQ(post("/_emulator/clock", R"({"advance":")" + std::string{span} + "\"}").status(),
              200);
  }
  static std::string keys(std::string_view team_id = team) {
    return "/auth/teams/" + std::string{team_id} + "/api-keys";
  }

  std::unique_ptr<Emulator> emulator;
};

inline void set_fault(Emulated& emulated, std::string_view fault) {
  const Answer answer = emulated.post("/_emulator/faults", std::string{fault});
  ASSERT_EQ(answer.status(), 200) << answer.response.body;
}

/// Names of the keys in an answer to listApiKeys.
inline std::vector<std::string> names(const Answer& answer) {
  std::vector<std::string> result;
  for (const json::Value& item : answer.body().find("apiKeys").items())
    result.emplace_back(item.find("name").text());
  return result;
}

inline ::testing::AssertionResult refuses(const Answer& answer, int status, std::string_view code,
                                          std::string_view message) {
  const bool has_details = answer.body().find("details").is_array();
  if (answer.status() == status && answer.text("code") == code &&
      answer.text("message") == message && has_details)
    return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << answer.status() << ": " << answer.response.body;
}

}  // namespace xai::emulator::test
