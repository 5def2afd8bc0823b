package lull.cli;

import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Converter of addresses on the command line: `localhost:8080` means `http://localhost:8080`.
final class HttpAddress implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) {
        String whole = text.contains("://") ? text : "http://" + text;
        try {
            URI uri = URI.create(whole);
            if (uri.getHost() != null && (whole.startsWith("http://") || whole.startsWith("https://"))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        throw new TypeConversionException("'" + text + "' is no address: give one such as http://localhost:8080");
    }
}
