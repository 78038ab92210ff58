#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "json/arena.h"
#include "json/builder.h"
#include "json/item_pattern.h"
#include "json/list_reader.h"
#include "json/plain_reader.h"

namespace xai::json {

/// Takes lists out of a JSON text that comes in parts: of a long answer only what is under way has
/// to be in memory, and what is not in those lists.
class ListStream {
 public:
  /// The reader must outlive this.
  explicit ListStream(const ListReader& reader);
  ListStream(const ListStream&) = delete;
  ListStream& operator=(const ListStream&) = delete;

  /// A text begins, perhaps anew.
  void begin();

  /// Reads on in `text`: all that came and is not read yet. What cannot be read yet is left in it.
  void read(std::string& text);

  /// No more will come. `text`, what came last, becomes what was in no list: a JSON text if the
  /// whole was one.
  void end(std::string& text);

 private:
  enum class State : std::uint8_t {
    outside,      ///< Of all lists.
    in_string,    ///< And outside.
    escaped,      ///< Behind a backslash in a string.
    after_name,   ///< Behind a string that may be a list's name.
    after_colon,  ///< Behind that and its colon.
    before_item,  ///< In a list, at its begin.
    after_item,
    after_comma,
    malformed,
  };

  const char* skip_outside(const char* at, const char* end);
  State after(char letter);
  [[nodiscard]] bool is_in_list() const { return state_ >= State::before_item; }
  const char* read_list(const char* at, const char* end);
  const char* leave(const char* at);
  const char* read_item(const char* at, const char* end);

  const ListReader* reader_;
  Arena arena_{};
  Builder builder_;
  PlainReader plain_;
  ItemPattern pattern_{};
  std::size_t other_count_{};  ///< Of the items that were not like the one before.
  State state_{State::outside};
  std::string name_{};  ///< The string under way outside of lists, or the last one.
  std::string rest_{};  ///< What was in no list.
  std::size_t list_count_{};
  std::size_t wait_bytes_{};  ///< With fewer than these it is no use to look again.
};

}  // namespace xai::json
