#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace xai::management {

/// A value of an enum of the service's. Of one that this version does not know the text is kept.
template <class Enum>
struct OpenEnum {
  std::string text{};  ///< As the service writes it; empty for none.

  OpenEnum() = default;
  /// `text_of`, beside the enum, tells the service's name.
  OpenEnum(Enum value) : text{text_of(value)} {}
  explicit OpenEnum(std::string name) : text{std::move(name)} {}

  /// None for a text that we do not know.
  [[nodiscard]] std::optional<Enum> value() const {
    for (std::uint8_t i = 0;; ++i) {
      const std::string_view name = text_of(static_cast<Enum>(i));
      if (name.empty()) return std::nullopt;
      if (name == text) return static_cast<Enum>(i);
    }
  }

  bool operator==(const OpenEnum&) const = default;
};

}  // namespace xai::management
