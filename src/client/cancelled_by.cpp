#include "client/cancelled_by.h"

#include <utility>

namespace xai::client {
namespace {

thread_local const std::function<bool()>* of_thread = nullptr;

}  // namespace

CancelledBy::CancelledBy(const std::function<bool()>& is_cancelled)
    : outer_{std::exchange(of_thread, &is_cancelled)} {}

CancelledBy::~CancelledBy() { of_thread = outer_; }

std::function<bool()> with_call(std::function<bool()> of_client) {
  return [of_client = std::move(of_client)] {
    return (of_client && of_client()) || (of_thread != nullptr && *of_thread && (*of_thread)());
  };
}

}  // namespace xai::client
