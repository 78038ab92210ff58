#pragma once

#include <string_view>

#include "emulator/emulator.h"

namespace xai::emulator {

/// The answer to a request that has passed the gate, without faults.
HttpResponse route(State& state, const HttpRequest& request,
                   std::optional<PageFault> page_fault = {});

/// The answer to a method that no operation has, such as HEAD.
HttpResponse refuse_method(const HttpRequest& request);

/// The operation that a request asks for, as the contract names it; `unknown` for none.
std::string_view operation_of(const HttpRequest& request);

/// Whether a request is one to an inference host.
bool is_at_inference(const HttpRequest& request);

/// Which page a request asks for, if it asks for a list that is paged.
ListPlace list_place_of(const HttpRequest& request);

}  // namespace xai::emulator
