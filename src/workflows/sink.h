#pragma once

#include <expected>
#include <string>

#include "base/file.h"
#include "workflows/call.h"
#include "xai/management/sink.h"

namespace xai::workflows {

/// A sink that is ready to take a secret.
class OpenSink {
 public:
  /// Begins the file, in reserved space, in a folder that links may lead to. Errors: local_trouble;
  /// already_exists for a file that is there and is not to be replaced.
  static management::Result<OpenSink> open(const Call& call, management::Sink sink);
  /// The same errors as far as a look tells them; nothing is begun.
  static management::Result<void> check(const management::Sink& sink);
  OpenSink(OpenSink&&) noexcept = default;
  OpenSink& operator=(OpenSink&&) = delete;
  ~OpenSink();

  /// The file that is being made; empty when there is none.
  [[nodiscard]] const std::string& temporary_file() const { return temporary_; }

  /// The error says in words what stopped it.
  std::expected<void, std::string> deliver(const management::Secret& secret);

 private:
  explicit OpenSink(management::Sink sink) : sink_{std::move(sink)} {}
  management::Result<void> begin(const Call& call, const management::SecretFile& target);
  /// Whether the name in the folder is that of the file that was begun here.
  [[nodiscard]] bool is_ours(const std::string& name) const;
  std::expected<void, std::string> end(const management::SecretFile& target,
                                       const std::string& text);

  management::Sink sink_;
  std::string folder_path_{};
  std::string name_{};
  std::string temporary_name_{};
  std::string temporary_{};
  /// All is done in this folder, whatever its path comes to lead to.
  base::File folder_{};
  base::File file_{};
};

/// The secret, or the line `variable=secret` where `variable` is not empty. The error says why the
/// secret is not fit for such a line. Wipe it.
std::expected<std::string, std::string> text_of(const management::Secret& secret,
                                                const std::string& variable);

}  // namespace xai::workflows
