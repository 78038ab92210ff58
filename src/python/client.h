#pragma once

#include <pybind11/pybind11.h>
#include <sys/types.h>

#include <memory>
#include <string>

#include "xai/management/client.h"
#include "xai/management/secret.h"

namespace xai::python {

struct Settings {
  management::Secret management_key{};
  std::string team_id{};             ///< Empty: `ask_team_id` must come before other calls.
  std::string region{};              ///< Empty is `auto`.
  std::string base_url{};            ///< Empty is the real service.
  std::string inference_base_url{};  ///< May hold `{region}`; empty is the real service.
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

  [[nodiscard]] const std::string& management_key() const {
    return options_.management_key.reveal();
  }
  [[nodiscard]] const std::string& team_id() const { return options_.team_id; }
  [[nodiscard]] const std::string& region() const { return options_.region; }
  [[nodiscard]] const std::string& base_url() const { return options_.base_url; }

  /// Sends the operation of that id; see operation_of. `is_checked` reads the whole answer of a
  /// read too, so that every member is of the type the service promises.
  pybind11::object call(const std::string& id, const pybind11::dict& arguments,
                        const pybind11::dict& names, bool is_checked);

 private:
  management::Client of_this_process();
  void leave_to_parent();

  management::ClientOptions options_;
  std::unique_ptr<management::Client> client_{};
  pid_t process_{};  ///< Where `client_` was made.
};

}  // namespace xai::python
