#pragma once

#include <functional>

#include "client/answer.h"
#include "client/pipeline.h"
#include "wire/descriptor.h"

namespace xai::client {

/// Whether both come from a page that stands before the service: then neither request reached it.
bool is_same_page(const management::Error& error, const management::Error& of_look);

/// Whether what the operation is to change stands already; if so, `target` has the answer. The
/// row says how to look; `error` is what made us look.
management::Result<bool> read_back(const management::Client& client,
                                   const wire::Descriptor& descriptor, const void* operation,
                                   const management::Error& error, const Deadline& deadline,
                                   Target target);

/// The same after an answer that does not show the change: lists lag, so it is looked up to three
/// times within seven seconds. Where the list may not be read, the answer is taken as it is.
management::Result<bool> read_back_after_lag(const management::Client& client,
                                             const wire::Descriptor& descriptor,
                                             const void* operation, const management::Error& error,
                                             const Deadline& deadline, Target target);

/// Repeats `attempt` while it is throttled or its outcome is unknown, and `look` finds that nothing
/// has changed. Where the look meets the page of a proxy that `attempt` met, the service was never
/// reached: the error is then `refused`.
management::Result<void> with_read_back(
    const management::Client::Pipeline& pipeline, const Deadline& deadline,
    const std::function<management::Result<void>()>& attempt,
    const std::function<management::Result<bool>(const management::Error&)>& look);

}  // namespace xai::client
