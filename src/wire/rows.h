#pragma once

// How every operation travels. It is long to compile: only those who read tables need it.
#include "wire/api_keys.h"
#include "wire/audit_events.h"
#include "wire/billing_info.h"
#include "wire/endpoint_acls.h"
#include "wire/invoices.h"
#include "wire/management_keys.h"
#include "wire/models.h"
#include "wire/operations.h"
#include "wire/payment_methods.h"
#include "wire/prepaid.h"
#include "wire/spending_limits.h"
#include "wire/usage.h"
