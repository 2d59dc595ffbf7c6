package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import javax.annotation.processing.Generated;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record Locale(@JsonValue String value) {
    /** The ar locale */
    public static final Locale AR = new Locale("ar");

    /** The bg locale */
    public static final Locale BG = new Locale("bg");

    /** The cs locale */
    public static final Locale CS = new Locale("cs");

    /** The da locale */
    public static final Locale DA = new Locale("da");

    /** The de locale */
    public static final Locale DE = new Locale("de");

    /** The el locale */
    public static final Locale EL = new Locale("el");

    /** The en-GB locale */
    public static final Locale EN_GB = new Locale("en-GB");

    /** The en-US locale */
    public static final Locale EN_US = new Locale("en-US");

    /** The es-419 locale */
    public static final Locale ES_419 = new Locale("es-419");

    /** The es-ES locale */
    public static final Locale ES_ES = new Locale("es-ES");

    /** The fi locale */
    public static final Locale FI = new Locale("fi");

    /** The fr locale */
    public static final Locale FR = new Locale("fr");

    /** The he locale */
    public static final Locale HE = new Locale("he");

    /** The hi locale */
    public static final Locale HI = new Locale("hi");

    /** The hr locale */
    public static final Locale HR = new Locale("hr");

    /** The hu locale */
    public static final Locale HU = new Locale("hu");

    /** The id locale */
    public static final Locale ID = new Locale("id");

    /** The it locale */
    public static final Locale IT = new Locale("it");

    /** The ja locale */
    public static final Locale JA = new Locale("ja");

    /** The ko locale */
    public static final Locale KO = new Locale("ko");

    /** The lt locale */
    public static final Locale LT = new Locale("lt");

    /** The nl locale */
    public static final Locale NL = new Locale("nl");

    /** The no locale */
    public static final Locale NO = new Locale("no");

    /** The pl locale */
    public static final Locale PL = new Locale("pl");

    /** The pt-BR locale */
    public static final Locale PT_BR = new Locale("pt-BR");

    /** The ro locale */
    public static final Locale RO = new Locale("ro");

    /** The ru locale */
    public static final Locale RU = new Locale("ru");

    /** The sv-SE locale */
    public static final Locale SV_SE = new Locale("sv-SE");

    /** The th locale */
    public static final Locale TH = new Locale("th");

    /** The tr locale */
    public static final Locale TR = new Locale("tr");

    /** The uk locale */
    public static final Locale UK = new Locale("uk");

    /** The vi locale */
    public static final Locale VI = new Locale("vi");

    /** The zh-CN locale */
    public static final Locale ZH_CN = new Locale("zh-CN");

    /** The zh-TW locale */
    public static final Locale ZH_TW = new Locale("zh-TW");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Locale {
        Objects.requireNonNull(value, "value");
    }
}
