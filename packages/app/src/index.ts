export * from "@archwright/model/language";
