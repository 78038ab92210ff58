#pragma once

#include <cstddef>
#include <list>

#include "emulator/stream.h"

/// The connections that are open, the longest idle first. Only the server includes this.
namespace xai::emulator {

class Connections {
  struct Entry {
    Stream& stream;
    bool is_idle{true};
  };
  using Entries = std::list<Entry>;

 public:
  /// The place of one connection here, for as long as it is served.
  class Place {
   public:
    Place(Connections& all, Stream& stream)
        : entries_{all.entries_}, entry_{entries_.insert(entries_.end(), Entry{stream})} {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    Place(Place&&) = delete;
    Place& operator=(Place&&) = delete;
    ~Place() { entries_.erase(entry_); }

    void set_busy() { entry_->is_idle = false; }
    void set_idle() {
      entry_->is_idle = true;
      entries_.splice(entries_.end(), entries_, entry_);
    }

   private:
    Entries& entries_;
    Entries::iterator entry_;
  };

  [[nodiscard]] std::size_t size() const { return entries_.size(); }

  /// Closes at once the one that has waited longest for its client; false when none waits. One
  /// whose request has come, and has only not been read yet, waits for us.
  bool close_longest_idle() {
    for (Entry& entry : entries_) {
      boost::system::error_code ignored;
      if (!entry.is_idle || entry.stream.tcp().socket().available(ignored) > 0) continue;
      entry.is_idle = false;
      entry.stream.tcp().close();
      return true;
    }
    return false;
  }

 private:
  Entries entries_{};
};

}  // namespace xai::emulator
