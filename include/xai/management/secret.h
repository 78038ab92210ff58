#pragma once

#include <string>
#include <string_view>

namespace xai::management {

/// A key or token. It has no stream operator and no conversion, so it cannot be printed by
/// accident, and its bytes are wiped when it goes.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value);
  Secret(const Secret& other);
  Secret(Secret&& other) noexcept;
  Secret& operator=(const Secret& other);
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  /// The secret itself. Search for this name to find every place that reads one.
  [[nodiscard]] const std::string& reveal() const { return value_; }
  [[nodiscard]] bool empty() const { return value_.empty(); }

  /// Compares in time that depends on the lengths alone.
  friend bool operator==(const Secret& left, const Secret& right);

 private:
  std::string value_{};
};

/// Overwrites the bytes of `text`, past its size up to its capacity, and empties it.
void wipe(std::string& text);

}  // namespace xai::management
