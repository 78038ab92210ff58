#pragma once

#include "workflows/call.h"
#include "xai/management/readiness.h"

namespace xai::workflows {

// The functions of xai/management/readiness.h as parts of a larger call.

management::Result<management::Readiness> check_readiness(const Call& call,
                                                          const std::string& api_key_id);
management::Result<management::Readiness> wait_until_ready(const Call& call,
                                                           const std::string& api_key_id,
                                                           std::chrono::seconds span);
management::Result<management::SecretVerdict> verify_secret(const Call& call,
                                                            const management::Secret& secret,
                                                            const std::string& api_key_id);
management::Result<management::SecretVerdict> wait_until_live(const Call& call,
                                                              const management::Secret& secret,
                                                              const std::string& api_key_id,
                                                              std::chrono::seconds span);

}  // namespace xai::workflows
