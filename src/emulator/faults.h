#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/error_style.h"
#include "json/value.h"
#include "json/writer.h"
#include "xai/management/result.h"
#include "xai/management/transport.h"

namespace xai::emulator {

/// What a list does wrong with its pages.
enum class PageFault : std::uint8_t {
  duplicate,  ///< Answers the page before the one asked for, and goes on to that one.
  loop,       ///< Answers that the next page is the one asked for.
};

/// Which page of a list a call asks for.
enum class ListPlace : std::uint8_t {
  no_list,
  first_page,
  later_page,
  second_try,  ///< A later page, asked for again after a duplicate stood in its place.
};

/// Makes a token another text for the same place, as a client that minds a repeated token accepts.
inline constexpr std::string_view second_try_prefix = "again.";

/// Something that goes wrong with some of the calls to come. All that is set works together: after
/// `delay` comes the answer, with what stands here in place of the real status, body and headers;
/// of it the first `cut_at` bytes go out, at `bytes_per_second`, and then the connection ends.
struct Fault {
  enum class When : std::uint8_t { before, after };  ///< The change that the call asks for.

  std::optional<management::Method> method{};
  std::string path{};  ///< With `*` for any text, a pattern of the whole path; else its beginning.
  int nth{1};    ///< The first matching call that is hit, counted from when the fault was set.
  int times{1};  ///< How many calls are hit from then on; 0 is all.
  When when{When::before};
  /// Answered instead of the real status, with the body that the service would give it.
  std::optional<int> status{};
  std::optional<int> code{};                ///< In that body, in place of the one that agrees.
  std::optional<ErrorStyle> error_style{};  ///< Of that body; none: as everywhere.
  std::optional<std::string> body{};        ///< Answered instead of any of that.
  std::vector<management::Header> headers{};
  std::chrono::milliseconds delay{};
  /// Bytes of the answer, its status line and headers included, after which the connection ends;
  /// beyond its length the whole answer goes out. A change that `before` stopped answers 500.
  std::optional<std::size_t> cut_at{};
  bool reset{};  ///< It ends by a reset, not orderly; without `cut_at`, before the first byte.

  std::optional<PageFault> page{};  ///< Hits lists only, and their real answer.
  int bytes_per_second{};           ///< The answer's pace; 0 is all at once.

  int id{};                                   ///< Given by the script.
  int seen{};                                 ///< Matching calls so far.
  std::optional<std::size_t> answer_bytes{};  ///< Length of the last answer hit, were it whole.
};

/// Errors: invalid_argument, naming what does not fit.
management::Result<Fault> parse_fault(json::Value value);
void write_fault(json::Writer& writer, const Fault& fault);

/// The faults that are set. Each call is hit by the first one whose turn it is.
class FaultScript {
 public:
  void add(Fault fault);
  void clear() { faults_.clear(); }
  [[nodiscard]] bool empty() const { return faults_.empty(); }
  [[nodiscard]] const std::vector<Fault>& faults() const { return faults_; }

  /// Counts a call, and says what goes wrong with it. `path` is without query.
  std::optional<Fault> next(management::Method method, std::string_view path, ListPlace place);
  /// How long the answer to a call that it hit would be; a fault that is gone is left alone.
  void record_answer(int id, std::size_t bytes);

 private:
  int last_id_{};
  std::vector<Fault> faults_{};
};

/// Whether a fault's `path` means this one.
bool matches_path(std::string_view pattern, std::string_view path);

}  // namespace xai::emulator
