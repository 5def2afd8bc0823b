package lull.contract.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Parser that rejects numbers whose exponent has more than three digits. Jackson limits how many
/// digits are written, but not how many they represent.
final class BoundedParser extends JsonParserDelegate {

    private static final int MAX_EXPONENT_DIGITS = 3;

    BoundedParser(JsonParser parser) {
        super(parser);
    }

    @Override
    public Number getNumberValue() throws IOException {
        requireBounded();
        return super.getNumberValue();
    }

    @Override
    public Number getNumberValueExact() throws IOException {
        requireBounded();
        return super.getNumberValueExact();
    }

    @Override
    public Object getNumberValueDeferred() throws IOException {
        requireBounded();
        return super.getNumberValueDeferred();
    }

    @Override
    public BigDecimal getDecimalValue() throws IOException {
        requireBounded();
        return super.getDecimalValue();
    }

    @Override
    public BigInteger getBigIntegerValue() throws IOException {
        requireBounded();
        return super.getBigIntegerValue();
    }

    @Override
    public double getDoubleValue() throws IOException {
        requireBounded();
        return super.getDoubleValue();
    }

    @Override
    public float getFloatValue() throws IOException {
        requireBounded();
        return super.getFloatValue();
    }

    @Override
    public long getLongValue() throws IOException {
        requireBounded();
        return super.getLongValue();
    }

    @Override
    public int getIntValue() throws IOException {
        requireBounded();
        return super.getIntValue();
    }

    private void requireBounded() throws IOException {
        if (currentToken() == JsonToken.VALUE_NUMBER_FLOAT && exponentDigits(getText()) > MAX_EXPONENT_DIGITS) {
            throw new StreamConstraintsException("A number with an exponent of too many digits");
        }
    }

    private static int exponentDigits(String number) {
        int at = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (at < 0) {
            return 0;
        }
        at++;
        while (at < number.length()
                && (number.charAt(at) == '+' || number.charAt(at) == '-' || number.charAt(at) == '0')) {
            at++;
        }
        return number.length() - at;
    }
}
