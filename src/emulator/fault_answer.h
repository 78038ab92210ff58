#pragma once

#include <optional>

#include "emulator/error_style.h"
#include "emulator/faults.h"
#include "xai/management/transport.h"

namespace xai::emulator {

/// Whether a fault keeps the call from being performed. One that changes nothing is performed
/// although its answer will be cut, so that there is a real answer to cut.
bool stops(const Fault& fault, management::Method method);

/// The answer that a fault makes of the real one, which is none when the call was stopped before
/// it. An error is in `style` unless the fault names one of its own, and in the form of the
/// inference host if that was asked.
management::HttpResponse faulty(const Fault& fault, std::optional<management::HttpResponse> real,
                                ErrorStyle style, bool is_at_inference);

}  // namespace xai::emulator
