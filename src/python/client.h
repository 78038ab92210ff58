#pragma once

#include <pybind11/pybind11.h>
#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "python/interruption.h"
#include "python/raise.h"
#include "wire/descriptor.h"
#include "xai/management/account.h"
#include "xai/management/call_options.h"
#include "xai/management/event.h"

namespace xai::python {

/// What a Python object is made of. A hook is a function of one argument, or None.
struct Settings {
  management::ClientOptions options{};  ///< No team: `ask_team_id`, or the first call, asks for it.
  std::string state_folder{};           ///< Of the account.
  pybind11::object log{};
  pybind11::object trace{};
  pybind11::object on_event{};  ///< Takes attempts, and the progress of workflows, as dicts.
};

/// The Client behind a Python object. Its methods hold the GIL but for the time of the request,
/// so threads may share it; answers are dicts with all that the service sent.
class Client {
 public:
  explicit Client(Settings settings);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  /// Finds the team that the management key acts for.
  void ask_team_id();
  /// Forgets the key and the connections. Calls under way come to their end; others are refused.
  void close();
  /// Raises RuntimeError once we are closed.
  void check_open() const;

  [[nodiscard]] const management::ClientOptions& options() const { return settings_.options; }
  [[nodiscard]] const std::string& management_key() const;

  /// Sends the operation of that id; see operation_of.
  pybind11::object call(const std::string& id, const pybind11::dict& arguments,
                        const pybind11::dict& names);

  /// The options of one request: attempts go to the hook.
  [[nodiscard]] management::CallOptions call_options() const;

  /// A Client that no fork has in common with its parent. Raises once we are closed.
  management::Client of_this_process();

  /// The value that `work`, a function of Account and CallOptions, results in; done without the
  /// GIL. What it tells goes to the hook, warnings become Python's.
  template <class Work>
  auto run(const Work& work) {
    const management::Account account{of_this_process(), settings_.state_folder};
    std::vector<management::Warning> warnings;
    auto done = without_gil([&] {
      return work(account, management::CallOptions{
                               .is_cancelled = interruption(),
                               .tell = [&](const auto& event) { tell(event, &warnings); }});
    });
    warn(warnings);
    if (!done) raise(done.error());
    if constexpr (!std::is_void_v<typename decltype(done)::value_type>) return *std::move(done);
  }

 private:
  void leave_to_parent();
  void tell(const management::Event& event, std::vector<management::Warning>* warnings) const;
  static void warn(const std::vector<management::Warning>& warnings);

  Settings settings_;
  bool is_closed_{};
  std::unique_ptr<management::Client> client_{};
  pid_t process_{};  ///< Where `client_` was made.
};

const wire::Descriptor& descriptor_of(const std::string& id);

}  // namespace xai::python
