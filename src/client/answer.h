#pragma once

#include <cstdint>
#include <optional>

#include "json/document.h"
#include "xai/management/timestamp.h"

namespace xai::client {

/// What becomes of the lists in an answer: read into its struct, or left to its document, which
/// spares thousands of structs to a caller that reads the document anyway.
enum class Lists : std::uint8_t { read, left };

/// An answer as a struct, and as the document it came as, for members we do not know.
template <class R>
struct Answer {
  json::Document document{};
  R value{};
  std::optional<management::Timestamp> server_time{};  ///< The service's clock, to the second.
  bool is_cut{};  ///< The answer broke off behind its secret: other members may be missing.
};

}  // namespace xai::client
