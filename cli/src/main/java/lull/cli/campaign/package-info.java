/// Campaigns: a template to many customers, from a CSV file, which is checked as a whole and sent to
/// each once.
@NullMarked
package lull.cli.campaign;

import org.jspecify.annotations.NullMarked;
