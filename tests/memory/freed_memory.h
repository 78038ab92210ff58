#pragma once

#include <string>
#include <string_view>

/// Looks into every block of memory that this program gives back: a secret in it was not wiped.
namespace xai::test {

/// Texts to look for from now on, by their first letters; forgets what was found before.
void watch_for(std::string_view first, std::string_view second = {});
/// One more of them, which only became known now.
void watch_for_also(std::string_view text);

/// How many blocks held one of them when they were given back, while this thread was watched.
int unwiped_blocks();

/// While it lives, this thread gives back what it likes.
class Unwatched {
 public:
  Unwatched();
  Unwatched(const Unwatched&) = delete;
  Unwatched& operator=(const Unwatched&) = delete;
  ~Unwatched();

 private:
  bool before_;
};

/// While it lives, what this thread gives back is looked at.
class Watched {
 public:
  Watched();
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
  ~Watched();
};

}  // namespace xai::test
