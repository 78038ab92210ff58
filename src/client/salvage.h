#pragma once

#include <optional>

#include "client/answer.h"
#include "wire/descriptor.h"
#include "xai/management/transport.h"

namespace xai::client {

/// What an answer that broke off still holds of a secret that can be had only once.
class Salvage {
 public:
  explicit Salvage(const wire::Descriptor& descriptor) : descriptor_{&descriptor} {}

  void take(const management::HttpResponse& broken_off);

  /// Whether the secret had come whole; then it is in `target`, whose other members may be
  /// missing.
  bool read_into(Target target);

 private:
  const wire::Descriptor* descriptor_;
  std::optional<AnswerDocument> whole_part_{};
};

}  // namespace xai::client
