#pragma once

#include <optional>

#include "json/document.h"
#include "xai/management/timestamp.h"

namespace xai::client {

/// An answer as a struct, and as the document it came as, for members we do not know.
template <class R>
struct Answer {
  json::Document document{};
  R value{};
  std::optional<management::Timestamp> server_time{};  ///< The service's clock, to the second.
  bool is_cut{};  ///< The answer broke off behind its secret: other members may be missing.
};

}  // namespace xai::client
