#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/records.h"
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
/// To a key that calls too often.
Error rate_limited();
Error out_of_credit(const Team& team);
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
/// What the team is told when it cannot pay.
std::string credit_sentence(const Team& team);

// What only an emulator has to say.
Error internal(std::string_view message);
Error other_schema_version(std::int64_t version, std::int64_t ours);
Error foreign_database();
Error replaced_database();
Error key_of_another_team();
Error amounts_too_large();
Error not_imitated(std::string_view what);
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
/// Of one that is not known there, not yet or no longer, with a status of 400 or 401.
HttpResponse incorrect_api_key(const management::Secret& api_key, int status);
HttpResponse no_permission();
HttpResponse out_of_credit_at_inference(const Team& team);
HttpResponse not_found_at_inference();
HttpResponse inference_not_imitated();
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
