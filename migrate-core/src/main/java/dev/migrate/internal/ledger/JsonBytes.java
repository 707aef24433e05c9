package dev.migrate.internal.ledger;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** JSON as bytes, strictly. */
final class JsonBytes {

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();
    private static final int USUAL_LENGTH = 4096;
    private static final Pattern HALF_A_PAIR = Pattern.compile("\\p{Cs}");

    private JsonBytes() {}

    static byte[] write(JsonObject json) {
        StringBuilder built = new StringBuilder(USUAL_LENGTH);
        GSON.toJson(json, built);
        String text = built.toString();
        // UTF-8 knows no half of a surrogate pair; JSON does, as an escape. Nearly every text has neither.
        if (text.chars().anyMatch(unit -> Character.isSurrogate((char) unit))) {
            text = HALF_A_PAIR
                    .matcher(text)
                    .replaceAll(half ->
                            String.format("\\\\u%04x", (int) half.group().charAt(0)));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static JsonElement parse(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonFields.MalformedException("something follows the JSON");
            }
            return element;
        } catch (CharacterCodingException e) {
            throw new JsonFields.MalformedException("it is no UTF-8");
        } catch (IOException | JsonParseException | IllegalStateException e) {
            throw new JsonFields.MalformedException("it is no JSON");
        }
    }
}
