/** What all routes share: requests and their parameters, responses, problems, and limits on load. */
@NullMarked
package io.weir.query.api.http;

import org.jspecify.annotations.NullMarked;
