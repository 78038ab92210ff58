#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace xai::emulator::limits {

// Differs: what the service takes at most is not published; these keep a wrong caller from
// filling the memory of a test machine.
inline constexpr std::uint64_t body_bytes_max = 1UL << 20U;
inline constexpr std::uint32_t header_bytes_max = 64U << 10U;
inline constexpr std::size_t pending_faults_max = 1000;

/// Files that are not given to connections, and how long to wait when none can be had.
inline constexpr std::size_t files_kept_free = 4;
inline constexpr std::chrono::milliseconds no_room_pause{50};

/// How long a rotated secret works on when nothing is said, and at most.
inline constexpr std::chrono::hours old_secret_span{24};
inline constexpr std::chrono::hours old_secret_span_max{7 * 24};

/// Audit events on a page when nothing is said, and at most.
inline constexpr std::size_t audit_page_size = 50;
inline constexpr int audit_page_size_max = 100;

/// Points in one answer to analyzeUsage: about six megabytes, which a client still takes.
inline constexpr std::size_t usage_points_max = 100'000;

/// From the end of a billing cycle until its invoice is charged.
inline constexpr std::chrono::hours invoice_due_span{10 * 24};

/// What stands behind `xai-` in a secret.
inline constexpr std::size_t secret_letters = 80;
inline constexpr std::size_t redacted_letters = 4;

inline constexpr std::string_view inference_prefix = "xai-";
inline constexpr std::string_view management_prefix = "xai-token-";

}  // namespace xai::emulator::limits
