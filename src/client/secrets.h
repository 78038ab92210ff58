#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"
#include "xai/management/secret.h"
#include "xai/management/transport.h"

namespace xai::client {

/// Whether a member of that name holds a secret.
bool is_secret_member(std::string_view given);

/// What log and trace must not repeat: the credentials, and what answers have told since. Threads
/// may share it.
class Secrets {
 public:
  explicit Secrets(const management::Secret& management_key);

  void note(const management::Secret& secret);
  /// What was minted may stand in other members of its answer too, in its headers, and in later
  /// answers. A body that is no JSON tells as much as is whole of it.
  void note(const std::string& body);

  /// Puts `***` in place of each, and of whatever has the form of an API key: one may come in an
  /// answer that nobody can read.
  void strike_out(std::string& text) const;

 private:
  void note(json::Value value);
  void add(const management::Secret& secret);

  mutable std::mutex mutex_{};
  std::vector<management::Secret> known_{};
};

/// Notes the secrets of every request, and of the answers that mint one; of every answer, where
/// bodies or headers are shown.
management::Transport with_noted_secrets(management::Transport next,
                                         std::shared_ptr<Secrets> secrets, bool is_shown);

}  // namespace xai::client
