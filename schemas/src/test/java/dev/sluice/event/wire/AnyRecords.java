package dev.sluice.event.wire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.RefundNumber;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;

/// Random records of any type, within what their documentation allows. A new record is covered as soon as it exists.
final class AnyRecords {
    private static final String WORD = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
    private static final String PRINTABLE = IntStream.rangeClosed('!', '~').mapToObj(Character::toString).collect(Collectors.joining());
    private static final String TEXT = PRINTABLE + " \t\r\n\0\u2028充值额度😀é\u200B";
    private static final String ULID = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final List<String> CURRENCIES = List.of("CNY", "USD", "JPY", "KWD");
    private static final int LONGEST = 64;

    private final Random random;

    AnyRecords(long seed) {
        this.random = new Random(seed);
    }

    Object of(Class<?> type) {
        return value(type, type.getSimpleName());
    }

    private Object value(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            List<Object> some = IntStream.range(0, random.nextInt(4)).mapToObj(_ -> value(last, name)).toList();
            return generic.getRawType() == List.class
                    ? some
                    : some.stream().collect(Collectors.toMap(_ -> word(WORD, LONGEST), each -> each, (a, _) -> a));
        }
        return scalar((Class<?>) type, name);
    }

    private Object scalar(Class<?> type, String name) {
        return switch (type.getSimpleName()) {
            case "TradeNumber" -> new TradeNumber(word(WORD + "|*@", LONGEST));
            case "TransactionId" -> new TransactionId(word(WORD, LONGEST));
            case "UserId" -> new UserId(word(PRINTABLE, LONGEST));
            case "Provider" -> new Provider("p" + word("abcdefghijklmnopqrstuvwxyz0123456789_", 31));
            case "Quota" -> new Quota(1 + random.nextLong(Long.MAX_VALUE));
            case "Currency" -> Currency.getInstance(CURRENCIES.get(random.nextInt(CURRENCIES.size())));
            case "BigDecimal" -> new BigDecimal(new BigInteger(random.nextInt(1, 90), random), random.nextInt(21));
            case "Instant" -> Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
            case "UUID" -> new UUID(random.nextLong(), random.nextLong());
            case "RefundNumber" -> new RefundNumber(word(WORD + "|*@", LONGEST));
            case "LocalDate" -> LocalDate.ofEpochDay(random.nextInt(40_000));
            case "int" -> 1 + random.nextInt(Integer.MAX_VALUE);
            case "long" -> 1 + random.nextLong(Long.MAX_VALUE);
            case "boolean" -> random.nextBoolean();
            case "byte[]" -> bytes();
            case "String" -> text(name);
            default -> composed(type);
        };
    }

    private Object composed(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        if (type.isSealed()) {
            return of(type.getPermittedSubclasses()[random.nextInt(type.getPermittedSubclasses().length)]);
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components).map(each -> value(each.getGenericType(), each.getName())).toArray();
        for (int i = 1; i < values.length; i++) {
            // Only a part of the payment before it can be refunded.
            if (components[i].getName().equals("refunded") && values[i - 1] instanceof Money paid) {
                values[i] = new Money(random.nextLong(paid.minorUnits()), paid.currency());
            }
        }
        if (type == SettingsChanged.class) {
            values[0] = IntStream.range(0, 26).mapToObj(_ -> word(ULID, 1)).collect(Collectors.joining());
        }
        try {
            return type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    private String text(String name) {
        return switch (name) {
            case "sha256" -> "%064x".formatted(new BigInteger(256, random));
            case "setting" -> word("ABCxyz019", LONGEST);
            case "tradeNumber" -> random.nextBoolean() ? "" : word(WORD, LONGEST);
            default -> word(TEXT, 200);
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// 1 to `longest` of the characters.
    private String word(String characters, int longest) {
        int[] points = characters.codePoints().toArray();
        int[] some = random.ints(1L + random.nextInt(longest), 0, points.length).map(i -> points[i]).toArray();
        return new String(some, 0, some.length);
    }
}
