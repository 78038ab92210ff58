#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/time_text.h"
#include "client/seams.h"
#include "emulator/emulator.h"
#include "emulator/temporary_directory.h"
#include "fakes/manual_time.h"
#include "xai/management/account.h"
#include "xai/management/call_options.h"
#include "xai/management/event.h"

namespace xai::workflows::test {

inline constexpr const char* key = "xai-token-canary-00c0ffee";
inline constexpr const char* team = "11111111-2222-4333-8444-555555555555";

/// An Account in front of an emulator in this process. Sleeping takes no time and moves both
/// clocks.
class EmulatedAccount {
 public:
  explicit EmulatedAccount(emulator::Options options = {}) {
    options.now = now();
    options.management_key = management::Secret{key};
    options.team_id = team;
    options.random_seed = 1;
    auto opened = emulator::Emulator::open(std::move(options));
    if (!opened) std::abort();
    service_ = *std::move(opened);
    account_ = std::make_unique<management::Account>(make(service_->transport()));
  }

  const management::Account& operator*() const { return *account_; }
  emulator::Emulator& service() { return *service_; }
  fakes::ManualTime& time() { return time_; }
  management::Timestamp now() { return time_.clock()(); }

  /// Puts `transport` between the account and the emulator.
  void reach_through(management::Transport transport) {
    account_ = std::make_unique<management::Account>(make(std::move(transport)));
  }

  /// A request to what is below `/_emulator/`.
  void control(const std::string& path, const std::string& body) {
    const auto answer = service_->transport()(
        {.method = management::Method::post, .target = "/_emulator/" + path, .body = body});
    if (!answer || answer->status != 200) std::abort();
  }
  /// Time goes on here and at the service.
  void pass(std::chrono::seconds span) {
    time_.advance(span);
    control("clock", R"({"advance":")" + std::to_string(span.count()) + "s\"}");
  }

  /// Every event that a call tells, in order.
  management::CallOptions listening() {
    return {.tell = [this](const management::Event& event) { events_.push_back(event); }};
  }
  template <class Alternative>
  std::vector<Alternative> events() const {
    std::vector<Alternative> found;
    for (const management::Event& event : events_)
      if (const auto* one = std::get_if<Alternative>(&event)) found.push_back(*one);
    return found;
  }

 private:
  management::Account make(management::Transport transport) {
    management::ClientOptions options{.management_key = management::Secret{key},
                                      .team_id = team,
                                      .transport = std::move(transport)};
    const auto sleep = [this](std::chrono::milliseconds span) {
      time_.sleep()(span);
      control("clock", R"({"advance":")" +
                           std::to_string(std::chrono::ceil<std::chrono::seconds>(span).count()) +
                           "s\"}");
    };
    return {
        .client = client::make_client(std::move(options), {time_.clock(), sleep, time_.random()}),
        .state_folder = folder_.file("state")};
  }

  fakes::ManualTime time_{base::parse_rfc3339("2027-01-31T12:00:00Z").value()};
  emulator::test::TemporaryDirectory folder_{};
  std::unique_ptr<emulator::Emulator> service_;
  std::unique_ptr<management::Account> account_;
  std::vector<management::Event> events_{};
};

}  // namespace xai::workflows::test
