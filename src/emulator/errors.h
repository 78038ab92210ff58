#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "xai/management/error.h"
#include "xai/management/transport.h"

/// Every refusal the emulator gives, one function each. The ones the service gives too carry its
/// own words as far as they were recorded.
namespace xai::emulator::errors {

using management::Error;
using management::HttpResponse;

// What the service answers too.
Error invalid_bearer_token();
Error missing_right(std::string_view right);
Error out_of_credit(std::string_view team_id);
Error invalid_uuid();
Error empty_name();
Error negative_number(std::string_view name);
Error bad_pagination_token();
Error bad_order();
Error page_too_large(int most);
Error bad_usage_query();
Error bad_time_zone(std::string_view name);
Error bad_time_range();
Error too_many_time_units();
/// With an empty body.
Error no_prepaid();
Error no_postpaid();
Error bad_billing_cycle();
Error two_invoice_filters();
Error empty_field_mask();
Error bad_field_mask(std::string_view path);
Error old_secret_lives_too_long();
Error invalid_argument(std::string message);
Error team_not_found();
Error api_key_not_found();
Error route_not_found();
Error method_not_allowed();

// What only an emulator has to say.
Error internal(std::string_view message);
Error other_schema_version(std::int64_t version, std::int64_t ours);
Error unknown_member(std::string_view name, std::string_view closest);

/// The service's form: `{code, message, details}`; nothing for an error without words.
HttpResponse to_response(const Error& error);

// What a status asked for looks like, with a code of RPC that agrees with it or the one given: in
// the form of each host, and as the page of a gateway before it.
HttpResponse of_status(int status, std::optional<int> code);
HttpResponse of_status_at_inference(int status, std::optional<int> code);
HttpResponse gateway_page(int status);

/// Where the service has no API at all: its web server's page.
HttpResponse page_not_found();

// In the form of the inference host: `{code, error}`.
HttpResponse no_api_key();
HttpResponse incorrect_api_key();
HttpResponse expired_api_key();
HttpResponse unknown_region(std::string_view region);

// Before a request is looked at.
HttpResponse foreign_host(std::string_view host);
HttpResponse foreign_origin();
HttpResponse missing_host();
HttpResponse not_http();
HttpResponse header_too_large();
HttpResponse body_too_large();

}  // namespace xai::emulator::errors
