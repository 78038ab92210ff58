#pragma once

#include <mutex>
#include <vector>

#include "http/curl_library.h"

namespace xai::http {

/// Handles at rest. A handle keeps its connection, so the next call saves the handshakes.
class CurlPool {
 public:
  explicit CurlPool(const CurlLibrary& library) : library_{&library} {}
  CurlPool(const CurlPool&) = delete;
  CurlPool& operator=(const CurlPool&) = delete;
  ~CurlPool() {
    for (CURL* const handle : handles_) library_->easy_cleanup(handle);
  }

  [[nodiscard]] const CurlLibrary& library() const { return *library_; }

  CURL* take() {
    {
      const std::scoped_lock lock{mutex_};
      if (!handles_.empty()) {
        // The last one given back has the freshest connection.
        CURL* const handle = handles_.back();
        handles_.pop_back();
        return handle;
      }
    }
    return library_->easy_init();
  }

  /// After an attempt that failed: libcurl 8 keeps of it that a body has to be rewound, and fails
  /// whatever is asked of the handle next.
  void drop(CURL* handle) { library_->easy_cleanup(handle); }

  /// After an attempt that succeeded.
  void give_back(CURL* handle) {
    // Forgets the options, which point into the call that just ended; connections stay.
    library_->easy_reset(handle);
    const std::scoped_lock lock{mutex_};
    handles_.push_back(handle);
  }

 private:
  const CurlLibrary* library_;
  std::mutex mutex_{};
  std::vector<CURL*> handles_{};
};

}  // namespace xai::http
