#pragma once

#include <functional>

namespace xai::client {

/// While it lives, what this thread sends ends when `is_cancelled` says so, or the client's own
/// options do: calls of one client are cancelled one by one, without connections of their own.
class CancelledBy {
 public:
  /// An empty function never says so. It outlives this.
  explicit CancelledBy(const std::function<bool()>& is_cancelled);
  CancelledBy(const CancelledBy&) = delete;
  CancelledBy& operator=(const CancelledBy&) = delete;
  ~CancelledBy();

 private:
  const std::function<bool()>* outer_;
};

/// What a client's transport asks: `of_client`, which may be empty, and the CancelledBy of the
/// thread that asks.
std::function<bool()> with_call(std::function<bool()> of_client);

}  // namespace xai::client
